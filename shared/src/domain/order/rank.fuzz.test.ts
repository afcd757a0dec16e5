import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRank, rankBetween, ranksBetween } from './rank.ts'

const digit = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
const anyRank = fc
  .string({ unit: digit, minLength: 2, maxLength: 40 })
  .map((text) => text.replace(/^[0-9]/, 'a'))
  .filter(isRank)
const chance = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1 })

function cycle(numbers: readonly number[]): () => number {
  let index = 0
  return () => numbers[index++ % numbers.length] ?? 0
}

it('a rank between any two ranks lies strictly between them, and is a rank', () => {
  fc.assert(
    fc.property(fc.option(anyRank), fc.option(anyRank), chance, (a, b, numbers) => {
      const [lower, upper] = a !== null && b !== null && a > b ? [b, a] : [a, b]
      fc.pre(lower === null || lower !== upper)
      const middle = rankBetween(lower, upper, cycle(numbers))
      expect([middle, isRank(middle)]).toEqual([middle, true])
      if (lower !== null) expect(lower < middle).toBe(true)
      if (upper !== null) expect(middle < upper).toBe(true)
    }),
    { numRuns: 3000 },
  )
})

it('many ranks between two ascend strictly between them', () => {
  fc.assert(
    fc.property(fc.option(anyRank), fc.option(anyRank), fc.nat(50), chance, (a, b, count, numbers) => {
      const [lower, upper] = a !== null && b !== null && a > b ? [b, a] : [a, b]
      fc.pre(lower === null || lower !== upper)
      const all = [lower, ...ranksBetween(lower, upper, count, cycle(numbers)), upper].filter((rank) => rank !== null)
      expect([...new Set(all)].sort()).toEqual(all)
      expect(all).toHaveLength(count + Number(lower !== null) + Number(upper !== null))
    }),
  )
})

it('no sequence of inserts runs out of room', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 50, maxLength: 300 }), chance, (places, numbers) => {
      const random = cycle(numbers)
      const ranks: string[] = []
      for (const place of places) {
        const index = place % (ranks.length + 1)
        ranks.splice(index, 0, rankBetween(ranks[index - 1] ?? null, ranks[index] ?? null, random))
      }
      expect([...new Set(ranks)].sort()).toEqual(ranks)
    }),
  )
})
