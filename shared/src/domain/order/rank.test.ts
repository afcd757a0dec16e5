import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../store/projection-test-log.ts'
import { defaultRank, isRank, rankBetween, ranksBetween } from './rank.ts'

describe('rank', () => {
  it('stays short when quests are appended, and when they are put first', () => {
    const random = seededRandom(1)
    const after = ranksBetween(null, null, 10_000, random)
    expect([...after].sort()).toEqual(after)
    expect(Math.max(...after.map((rank) => rank.length))).toBeLessThanOrEqual(7)
    let first: string | null = null
    for (let i = 0; i < 10_000; i++) first = rankBetween(null, first, random)
    expect(first?.length).toBeLessThanOrEqual(7)
  })

  it('grows by less than a character for four inserts at one place', () => {
    const random = seededRandom(2)
    const lower = rankBetween(null, null, random)
    let upper = rankBetween(lower, null, random)
    for (let i = 0; i < 1000; i++) upper = rankBetween(lower, upper, random)
    expect(upper.length).toBeLessThan(260)
  })

  it('differs between devices that insert at one place', () => {
    const a = rankBetween('a0', 'a1', seededRandom(1))
    const b = rankBetween('a0', 'a1', seededRandom(2))
    expect(a).not.toBe(b)
  })

  it('takes any chance from 0 to just below 1', () => {
    for (const chance of [0, 0.5, 1 - Number.EPSILON]) {
      const middle = rankBetween('a0', 'a01', () => chance)
      expect([isRank(middle), 'a0' < middle, middle < 'a01']).toEqual([true, true, true])
    }
  })

  it('works at both ends of the integers', () => {
    const last = `z${'z'.repeat(26)}`
    const first = `A${'0'.repeat(26)}1`
    const random = seededRandom(3)
    expect(rankBetween(last, null, random) > last).toBe(true)
    expect(rankBetween(null, first, random) < first).toBe(true)
    expect(isRank(rankBetween(null, first, random))).toBe(true)
  })

  it('knows what is no rank', () => {
    const strings = ['', 'a', '0', 'a 0', 'a0V0', 'c0', `A${'0'.repeat(26)}`, 'a0é', 'a00']
    expect(strings.filter(isRank)).toEqual([])
    expect(['a0', 'a0V', 'Zz', 'c000', defaultRank('01ABC:2026-01-01')].filter((rank) => !isRank(rank))).toEqual([])
  })

  it('places records without a rank by their ids', () => {
    expect(defaultRank('01A') < defaultRank('01B')).toBe(true)
  })

  it('refuses ranks out of order, a bug of the caller', () => {
    expect(() => rankBetween('a1', 'a0', seededRandom(1))).toThrow('out of order')
  })
})
