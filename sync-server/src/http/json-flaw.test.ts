import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findJsonFlaw } from './json-flaw.ts'

test.each([
  ['{"a":1,"a":2}', 'a', 'is there twice'],
  ['{"a":1,"\\u0061":2}', 'a', 'is there twice'],
  ['{"steps":[{},{"title":"x" , "title" : "y"}]}', 'steps.1.title', 'is there twice'],
  ['{"x":{"__proto__":{"admin":true}}}', 'x.__proto__', 'is not a name that can be used'],
  ['{"__proto_\\u005f":1}', '__proto__', 'is not a name that can be used'],
  ['{"constructor":{"prototype":{}}}', 'constructor', 'is not a name that can be used'],
  ['{"title":"\\ud800"}', 'title', 'holds half of a surrogate pair'],
  ['["","a\\u0000b"]', '1', 'holds the character U+0000'],
  ['['.repeat(33), '', 'is nested deeper than 32'],
])('%s is refused', (text, path, message) => {
  expect(findJsonFlaw(text)).toEqual({ path, message })
})

test.each([
  '{"a":{"a":1},"b":{"a":1}}',
  '{"a":"a","b":["a","a"]}',
  '{"a":"\\"a\\":1,","b":"{[{[\\\\"}',
  '{"title":"\\ud83d\\ude00 😀"}',
  `${'['.repeat(32)}${']'.repeat(32)}`,
  '"__proto__"',
  '',
])('%s is taken', (text) => {
  expect(findJsonFlaw(text)).toBeUndefined()
})

test('what a program writes has no flaw, however it is spaced', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8, stringUnit: 'grapheme' }), fc.nat(4), (json, spaces) => {
      const text = JSON.stringify(JSON.parse(json), null, spaces)
      fc.pre(!/"(__proto__|constructor|prototype)"|\\u0000/.test(text))
      expect(findJsonFlaw(text)).toBeUndefined()
    }),
    { seed: 20_260_301, numRuns: 500 },
  )
})

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('"', '\\', '{', '}', '[', ']', ':', ',', 'a', '\\u00', ' ')), (parts) => {
      findJsonFlaw(parts.join(''))
    }),
    { seed: 20_260_302, numRuns: 2_000 },
  )
})
