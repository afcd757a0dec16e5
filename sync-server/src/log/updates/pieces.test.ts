import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding'
import { afterAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { awaitedThreadLimits, createDocumentThread } from '../thread/document-thread.ts'
import { piecesOf } from './pieces.ts'
import { yjsCosts } from './yjs-costs.ts'

const thread = createDocumentThread(awaitedThreadLimits)

afterAll(() => thread.close())

/** Deletes every second of so many elements of one client. */
function everySecond(elements: number): Uint8Array {
  const encoder = createEncoder()
  for (const part of [0, 1, 7, elements / 2]) writeVarUint(encoder, part)
  for (let clock = 0; clock < elements; clock += 2) for (const part of [clock, 1]) writeVarUint(encoder, part)
  return toUint8Array(encoder)
}

const rangesOf = (update: Uint8Array): number =>
  [...Y.decodeUpdate(update).ds.clients.values()].reduce((sum, ranges) => sum + ranges.length, 0)

test('no piece deletes more ranges than Yjs takes 50 ms for', async () => {
  const update = everySecond(120_000)
  expect(update.length).toBeLessThan(256 * 1024)
  const ranges = (await piecesOf(update, thread)).map(rangesOf)
  expect(ranges.reduce((sum, count) => sum + count)).toBe(60_000)
  expect(Math.max(...ranges) * yjsCosts.deletedRange).toBeLessThan(50_000_000)
})
