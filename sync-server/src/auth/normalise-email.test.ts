import { expect, test } from 'vitest'
import { normaliseEmail } from './normalise-email.ts'

test.each([
  [' Ana@Example.ORG ', 'ana@example.org'],
  ['ana@bücher.example', 'ana@xn--bcher-kva.example'],
  ['ana@XN--BCHER-KVA.example', 'ana@xn--bcher-kva.example'],
  ['ａｎａ＠example.org', 'ana@example.org'],
  ['e\u0301@example.org', '\u00e9@example.org'],
  ['ℍans@example.org', 'hans@example.org'],
  ['T\u0308@example.org', '\u1e97@example.org'],
  ['ana+quests@example.org', 'ana+quests@example.org'],
  ['a.n.a@example.org', 'a.n.a@example.org'],
  ['ana@localhost', 'ana@localhost'],
])('%j is the account %j', (typed, email) => {
  expect(normaliseEmail(typed)).toBe(email)
})

test.each(['', '@', 'ana', 'ana@', '@example.org', 'a b@example.org', 'ana@exa mple.org', 'ana\u0000@example.org'])(
  '%j is no address',
  (typed) => {
    expect(normaliseEmail(typed)).toBeNull()
  },
)

test.each(['ana@example.org:80', 'ana@example.org/x', 'ana@[::1]', `${'a'.repeat(250)}@b.org`])(
  '%j is no address either',
  (typed) => {
    expect(normaliseEmail(typed)).toBeNull()
  },
)
