import { expect, test } from 'vitest'
import { createCompaction } from './compaction.ts'

/** A compaction at ten rows, and the calls it made. */
function makeCompaction(replace: () => Promise<boolean> = async () => true) {
  const calls: number[] = []
  const compaction = createCompaction(10, (minRows) => {
    calls.push(minRows)
    return replace()
  })
  return { compaction, calls }
}

test('is due once so many rows have gathered', async () => {
  const { compaction, calls } = makeCompaction()
  await compaction.compactIfLong(9)
  expect(calls).toEqual([])
  await compaction.compactIfLong(10)
  expect(calls).toEqual([10])
})

test('runs once at a time', async () => {
  const under = Promise.withResolvers<boolean>()
  const { compaction, calls } = makeCompaction(() => under.promise)
  const first = compaction.compactIfLong(10)
  await compaction.compactIfLong(11)
  under.resolve(true)
  await first
  expect(calls).toEqual([10])
})

test.each([
  ['another tab did it already', async () => false],
  ['there is no room for the copy', () => Promise.reject(new DOMException('full', 'QuotaExceededError'))],
])('is put off by as many rows again when %s', async (_why, replace) => {
  const { compaction, calls } = makeCompaction(replace)
  await compaction.compactIfLong(12)
  await compaction.compactIfLong(21)
  expect(calls).toEqual([10])
  await compaction.compactIfLong(22)
  expect(calls).toEqual([10, 22])
})

test('passes any other failure on', async () => {
  const { compaction } = makeCompaction(() => Promise.reject(new DOMException('gone', 'InvalidStateError')))
  await expect(compaction.compactIfLong(10)).rejects.toMatchObject({ name: 'InvalidStateError' })
})
