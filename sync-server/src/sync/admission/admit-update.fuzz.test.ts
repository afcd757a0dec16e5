import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { mutateFrame, sampleUpdates, seededRandom } from '../testing/mutate-frames.ts'
import { admitUpdate, readUpdate } from './admit-update.ts'

const FRAMES = 100_000
const SEED = 20_261_122
const LONGEST_MS = 1_000
const bounds = { nowMs: 1_800_000_000_000, stampAheadMs: 0 }

function collectGarbage(): void {
  setFlagsFromString('--expose_gc')
  runInNewContext('gc')()
}

/** What frames came to; the time is the processor's, which no other program takes part in. */
interface Tally {
  admitted: number
  refused: number
  known: number
  gaps: number
  slowestMs: number
}

function judge(frame: Uint8Array, doc: Y.Doc, tally: Tally): void {
  const before = process.threadCpuUsage()
  const decoded = readUpdate(frame)
  const admission = decoded.ok ? admitUpdate(decoded.value, frame, doc, bounds) : decoded
  const { user, system } = process.threadCpuUsage(before)
  tally.slowestMs = Math.max(tally.slowestMs, (user + system) / 1000)
  if (!admission.ok) tally.refused++
  else if (admission.value.kind === 'new') {
    tally.admitted++
    // What is admitted must be harmless: Yjs takes it without an error, and nothing of it stays pending.
    Y.applyUpdate(doc, admission.value.bytes)
    if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error('an admitted update stayed pending')
  } else if (admission.value.kind === 'gap') tally.gaps++
  else tally.known++
}

/** A document some way into the samples' history, so that the ones after it are new to it. */
function documentAt(samples: readonly Uint8Array[], length: number, tally: Tally): Y.Doc {
  const doc = new Y.Doc()
  for (const sample of samples.slice(0, length)) judge(sample, doc, tally)
  return doc
}

test(`${FRAMES} random and mutated frames crash nothing, hang nothing and leak nothing`, { timeout: 120_000 }, () => {
  const random = seededRandom(SEED)
  const samples = sampleUpdates(random)
  const tally: Tally = { admitted: 0, refused: 0, known: 0, gaps: 0, slowestMs: 0 }
  let doc = new Y.Doc()
  let heapAfterWarmUp = 0
  for (let index = 0; index < FRAMES; index++) {
    if (index % 100 === 0) doc = documentAt(samples, Math.floor(random() * samples.length), tally)
    if (index === 20_000) {
      collectGarbage()
      heapAfterWarmUp = process.memoryUsage().heapUsed
    }
    const frame = mutateFrame(samples, random)
    try {
      judge(frame, doc, tally)
    } catch (error) {
      throw new Error(`seed ${SEED}, frame ${index}: ${Buffer.from(frame).toString('hex')}`, { cause: error })
    }
  }
  doc = new Y.Doc()
  collectGarbage()
  const grownBytes = process.memoryUsage().heapUsed - heapAfterWarmUp

  expect(tally.slowestMs).toBeLessThan(LONGEST_MS)
  expect(grownBytes).toBeLessThan(8 * 1024 * 1024)
  expect(tally.admitted).toBeGreaterThan(1_000)
  expect(tally.refused).toBeGreaterThan(10_000)
  expect(tally.known).toBeGreaterThan(1_000)
  expect(tally.gaps).toBeGreaterThan(100)
})
