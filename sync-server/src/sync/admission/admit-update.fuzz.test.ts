import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { emptyTally, fuzzAdmission } from '../testing/fuzz-admission.ts'

const FRAMES_EACH = 400
const DOCUMENTS = 50
/** Each frame is judged and applied within this: twice the bound, since other tests share the processor's caches. */
const LONGEST_MS = 100

function collectGarbage(): void {
  setFlagsFromString('--expose_gc')
  runInNewContext('gc')()
}

test(`${DOCUMENTS * FRAMES_EACH} frames, hostile ones among honest: none harms a document, a device or a load`, {
  timeout: 120_000,
}, () => {
  const tally = emptyTally()
  const play = (seed: number) => {
    try {
      fuzzAdmission(seed, FRAMES_EACH, tally)
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error })
    }
  }
  play(1)
  collectGarbage()
  const heapAfterWarmUp = process.memoryUsage().heapUsed
  for (let seed = 2; seed <= DOCUMENTS; seed += 1) play(seed)
  collectGarbage()

  expect(process.memoryUsage().heapUsed - heapAfterWarmUp).toBeLessThan(8 * 1024 * 1024)
  expect(tally.slowestMs).toBeLessThan(LONGEST_MS)
  expect(tally.admitted).toBeGreaterThan(2_000)
  expect(tally.refused).toBeGreaterThan(2_000)
  expect(tally.known).toBeGreaterThan(2_000)
  expect(tally.gaps).toBeGreaterThan(2_000)
  expect(tally.foreign).toBeGreaterThan(100)
})
