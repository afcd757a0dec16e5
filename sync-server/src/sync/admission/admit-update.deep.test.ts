import { expect, test } from 'vitest'
import { emptyTally, fuzzAdmission } from '../testing/fuzz-admission.ts'

const FRAMES_EACH = 400
const DOCUMENTS = 2_500
const LONGEST_MS = 50

test(`${DOCUMENTS * FRAMES_EACH} frames, hostile ones among honest: none harms a document, a device or a load`, {
  timeout: 3_600_000,
}, () => {
  const tally = emptyTally()
  // Seeds that no run before has seen; a failure names its own.
  const first = Math.floor(Math.random() * 2 ** 31)
  for (let seed = first; seed < first + DOCUMENTS; seed += 1) {
    try {
      fuzzAdmission(seed, FRAMES_EACH, tally)
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error })
    }
  }
  console.log(`from seed ${first} on: ${JSON.stringify(tally)}`)
  expect(tally.slowestMs).toBeLessThan(LONGEST_MS)
})
