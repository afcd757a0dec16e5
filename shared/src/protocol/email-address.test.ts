import { expect, test } from 'vitest'
import { parseEmailAddress } from './email-address.ts'

// The server gives the IDNA of its platform; here domains are ASCII already.
const parse = (typed: string) => parseEmailAddress(typed, (domain) => domain)

// No version of Unicode has anything in the planes 4 to 13.
const everyCodePoint = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter((code) => code < 0x40000 || code >= 0xe0000)
  .map((code) => String.fromCodePoint(code))
  .filter((character) => character.isWellFormed())
const invisible = everyCodePoint.filter((character) =>
  /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Bidi_Control}\p{Variation_Selector}\p{Join_Control}]/u.test(
    character,
  ),
)

test('an address with an invisible character is refused, wherever that is', () => {
  const taken = invisible.filter((character) =>
    [`a${character}na@example.org`, `ana${character}@example.org`, `ana@exa${character}mple.org`].some(
      (typed) => parse(typed) !== null,
    ),
  )
  expect(invisible.length).toBeGreaterThan(4_000)
  expect(taken).toEqual([])
})

test('an address with any kind of space, or with punctuation that no address has, is refused', () => {
  const outside = everyCodePoint.filter((character) => /[\p{Z}\s()<>[\]:;@\\,"]/u.test(character))
  expect(outside.filter((character) => parse(`a${character}na@example.org`) !== null)).toEqual([])
  expect(outside.filter((character) => parse(`ana@exa${character}mple.org`) !== null)).toEqual([])
})

test('spellings that compare equal are one address', () => {
  const spellings = [
    ['é@example.org', 'e\u0301@example.org', 'É@EXAMPLE.ORG', 'E\u0301@example.org'],
    ['ana@example.org', 'ａｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ', ' Ana@Example.org\n', 'ana\uff20example.org'],
    ['file@example.org', 'ﬁle@example.org', 'FILE@example.org'],
  ]
  for (const same of spellings) expect(new Set(same.map(parse)).size, same[0]).toBe(1)
  for (const character of everyCodePoint) {
    const address = parse(`x${character}@example.org`)
    if (address === null) continue
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) {
      const spelled = character.normalize(form)
      if (spelled === character) continue
      const other = parse(`x${spelled}@example.org`)
      if (other !== address) expect([character, form, other]).toEqual([character, form, address])
    }
    // What is stored is read as itself again.
    if (parse(address) !== address) expect([character, parse(address)]).toEqual([character, address])
  }
})

test.each([
  '<ana@example.org',
  'Ana <ana@example.org>',
  'ana@example.org>',
  '"ana"@example.org',
  'ana(home)@example.org',
  'a@b@example.org',
  '.ana@example.org',
  'ana.@example.org',
  'a..na@example.org',
  '\u0301ana@example.org',
  'i\u0307da@example.org',
  'İda@example.org',
  `${'a'.repeat(65)}@example.org`,
  `${'é'.repeat(33)}@example.org`,
  'ana@-example.org',
  'ana@example-.org',
  'ana@example..org',
  'ana@.example.org',
  'ana@example.org.',
  `ana@${'a'.repeat(64)}.org`,
  'ana@192.0.2.1',
  'ana@[192.0.2.1]',
  'ana@exam_ple.org',
  '@example.org',
  'ana@',
  'ana',
  '',
])('%j is no address', (typed) => {
  expect(parse(typed)).toBeNull()
})

test.each([
  'ana+quests@example.org',
  "o'neil@example.org",
  'a.n-a_1@x-1.example.org',
  'ana@localhost',
  'イ@example.org',
])('%s is one', (typed) => {
  expect(parse(typed)).toBe(typed)
})
