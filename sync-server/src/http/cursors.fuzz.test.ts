import { problemSchema } from '@questlog/shared/protocol/problem'
import { seededRandom } from '@questlog/shared/store/projection-test-log'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { pageSchema, usePagedLists } from './testing/paged-lists.ts'

/** Values that have no place in a sort key, or in the key of another type. */
const HOSTILE: readonly unknown[] = [
  ...['', 'x', '\0', '\ud800', '9'.repeat(19), '-1', '1e3', 'NaN', 'infinity', '0000-01-01T00:00:00.000Z', '~'],
  ...['2026-02-31T00:00:00.000Z', '+275760-09-13T00:00:00.000Z', '2026-03-01', 'now', 'x'.repeat(600)],
  ...[1e300, -1, 0, 1.5, 2 ** 31, -(2 ** 31), 2 ** 53, 70_000, true, null, [], {}, [['x']]],
]

const lists = usePagedLists()

const encoded = (cursor: unknown): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')
const decoded = (cursor: string): unknown => JSON.parse(Buffer.from(cursor, 'base64url').toString())
const cursorSchema = z.tuple([z.string(), z.unknown()])

/** A sort key with each of its parts replaced by each hostile value; and sort keys of other lengths. */
function tampered(key: unknown): readonly unknown[] {
  const whole: readonly unknown[] = [...HOSTILE, [key], { key }]
  if (!Array.isArray(key)) return whole
  const parts = key.flatMap((_, index) => HOSTILE.map((value) => key.with(index, value)))
  return [...whole, ...parts, key.slice(1), [...key, 'x'], key.toReversed()]
}

/** A cursor with some of its characters replaced. */
function scratched(cursor: string, random: () => number): string {
  const characters = [...cursor]
  for (let count = 0; count < 3; count += 1) {
    characters[Math.floor(random() * characters.length)] = String.fromCharCode(33 + Math.floor(random() * 94))
  }
  return characters.join('')
}

/** The list and the order that the cursors of an address belong to. */
function orderOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://server.invalid')
  return [pathname, searchParams.get('sort') ?? 'rank', searchParams.get('order') ?? 'asc'].join(' ')
}

test('every list answers any cursor with a page or as an invalid request', async () => {
  const { addresses, ask } = lists
  const cursors = new Map<string, string>()
  for (const address of addresses) {
    const { nextCursor } = pageSchema.parse(await (await ask(address)).json())
    if (nextCursor !== null) cursors.set(address, nextCursor)
  }
  const random = seededRandom(11)
  const broken: string[] = []
  const readers = new Set<string>()
  for (const [at, address] of addresses.entries()) {
    const own = cursors.get(address)
    const [order, key] = cursorSchema.parse(own === undefined ? ['', []] : decoded(own))
    const others = [...cursors].filter(([other]) => orderOf(other) !== orderOf(address)).map(([, cursor]) => cursor)
    const unnamed = [key, [key], [order], [order, key, 'x'], [1, key], { order, key }, null, 'x']
    const tries = [...tampered(key).map((each) => encoded([order, each])), ...unnamed.map(encoded)]
    if (own !== undefined) for (let count = 0; count < 20; count += 1) tries.push(scratched(own, random))
    // Both directions of an order, in one workspace and in all, read a key alike: for the later ones some tries do.
    const reader = orderOf(address).replace(/ (asc|desc)$/, '')
    const made = readers.has(reader) ? tries.filter((_, nth) => (nth + at) % 5 === 0) : tries
    readers.add(reader)
    const answers = await Promise.all(
      [...made, ...others].map(async (cursor) => ({ cursor, answer: await ask(address, cursor) })),
    )
    for (const { cursor, answer } of answers) {
      if (answer.status === 200 && !others.includes(cursor)) continue
      const { code = 'a page', errors } = problemSchema.partial().parse(await answer.json())
      if (code === 'invalid-request' && errors?.[0]?.path === 'query.cursor') continue
      broken.push(`${address} ${Buffer.from(cursor, 'base64url').toString()}: ${code}`)
    }
  }
  expect(broken).toEqual([])
}, 600_000)
