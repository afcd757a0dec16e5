import { expect, test } from 'vitest'
import { accountSpelling, readEmail } from './email-spelling.ts'

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
  expect(readEmail(typed)).toBe(email)
})

test.each(['', '@', 'ana', 'ana@', '@example.org', 'a b@example.org', 'ana@exa mple.org', 'ana\u0000@example.org'])(
  '%j is no address',
  (typed) => {
    expect(readEmail(typed)).toBeNull()
  },
)

test.each(['ana@example.org:80', 'ana@example.org/x', 'ana@[::1]', `${'a'.repeat(250)}@b.org`])(
  '%j is no address either',
  (typed) => {
    expect(readEmail(typed)).toBeNull()
  },
)

test.each([
  ['<Person@example.org', '<person@example.org'],
  ['a\u200bna@example.org', 'a\u200bna@example.org'],
  ['ana@192.0.2.1', 'ana@192.0.2.1'],
  [' Ana@B\u00fccher.example', 'ana@xn--bcher-kva.example'],
])('an account of an earlier version that was made as %j is found as %j', (typed, stored) => {
  expect(accountSpelling(typed)).toBe(stored)
})
