import { describe, expect, test } from 'vitest'
import { agesOf, isAges, stampsOf } from './ages.ts'
import { canonicalJson, compareValues } from './canonical-json.ts'
import { type EntryFault, MAX_ENTRY_FIELDS, MAX_ENTRY_SIZE, parseEntry } from './entry.ts'

const at = { table: 'quests', client: 1, clock: 2 } as const
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])

describe('entry', () => {
  test('[R3] a tuple of id, stamp and patch is read as it is', () => {
    const value = ['q1', 1024, { title: 'x', 'tags/a': null, due: { d: '2026-01-01' }, 'a/b/c/d': [] }]
    const parsed = parseEntry(value, at)
    expect(parsed).toEqual({ ok: true, value })
    expect(parsed.ok && parsed.value).toBe(value)
  })

  test.each<[EntryFault, unknown]>([
    ['not-an-entry', undefined],
    ['not-an-entry', { 0: 'q1' }],
    ['not-an-entry', ['q1', 1]],
    ['id', ['', 1, {}]],
    ['id', [7, 1, {}]],
    ['id', ['x'.repeat(129), 1, {}]],
    ['id', ['\ud800', 1, {}]],
    ['stamp', ['q1', 0, {}]],
    ['stamp', ['q1', 1.5, {}]],
    ['stamp', ['q1', 2 ** 53, {}]],
    ['stamp', ['q1', 7n, {}]],
    ['patch', ['q1', 1, null]],
    ['patch', ['q1', 1, []]],
    ['patch', ['q1', 1, new Uint8Array(1)]],
    ['path', ['q1', 1, { '': 1 }]],
    ['path', ['q1', 1, { '7': 1 }]],
    ['path', ['q1', 1, { 'tags/': 1 }]],
    ['path', ['q1', 1, { 'a/b/c/d/e': 1 }]],
    ['path', ['q1', 1, Object.defineProperty({}, '__proto__', { value: 1, enumerable: true })]],
    ['path', ['q1', 1, { ['x'.repeat(257)]: 1 }]],
    ['value', ['q1', 1, { title: undefined }]],
    ['value', ['q1', 1, { title: Number.NaN }]],
    ['value', ['q1', 1, { title: 1n }]],
    ['value', ['q1', 1, { title: { deep: new Uint8Array(1) } }]],
    ['value', ['q1', 1, { title: nested(17) }]],
    ['too-large', ['q1', 1, { title: 'x'.repeat(MAX_ENTRY_SIZE) }]],
    ['too-large', ['q1', 1, Object.fromEntries(Array.from({ length: MAX_ENTRY_FIELDS + 1 }, (_, i) => [`t/${i}`, 1]))]],
    ['ages', ['q1', 9, { title: 'x' }, 7]],
    ['ages', ['q1', 9, { title: 'x' }, '']],
    ['ages', ['q1', 9, { title: 'x' }, ',1']],
    ['ages', ['q1', 9, { title: 'x' }, '9']],
    ['ages', ['q1', 9, { title: 'x' }, '1,1']],
    ['ages', ['q1', 9, { title: 'x' }, 'A']],
  ])('[R3][R14] %s is refused with its place (case %#)', (fault, value) => {
    expect(parseEntry(value, at)).toEqual({ ok: false, error: { ...at, fault } })
  })

  test('[R15] further elements of the tuple are left alone', () => {
    expect(parseEntry(['q1', 9, { title: 'x', rank: 'a' }, '1', { later: true }], at).ok).toBe(true)
  })

  test('[R10] ages read back as the stamps they were written from', () => {
    const stamps = [1, 1, 1_800_000_000_000_000, 1_800_000_000_000_000, 5]
    const ages = agesOf(stamps, 1_800_000_000_000_007)
    expect(stampsOf(ages, 1_800_000_000_000_007)).toEqual(stamps)
    expect([isAges(ages, 5, 1_800_000_000_000_007), isAges(ages, 4, 1_800_000_000_000_007)]).toEqual([true, false])
  })
})

describe('canonical JSON', () => {
  test('[R5] does not depend on the order of keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}')
    expect(compareValues({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(0)
  })

  test('[R5] orders values by UTF-16 code units', () => {
    expect([compareValues('a', 'b'), compareValues('b', 'a'), compareValues(null, 'b')]).toEqual([-1, 1, 1])
    expect(compareValues('\u{1f600}', '\uffee')).toBe(-1)
  })
})
