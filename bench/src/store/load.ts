import { report } from '../measure/report.ts'
import { median } from '../measure/statistics.ts'
import { type Loaded, loadDocument, withScratch, writeDocument } from './child-runs.ts'
import { ALTERNATIVE } from './contenders.ts'

const QUESTS = 100_000
const ROUNDS = 5

/** Loads 100,000 quests from the bytes of a document: the time, and the heap that stays. */
export async function benchLoad(): Promise<void> {
  await withScratch(async (file) => {
    const bytes = await writeDocument('questlog', file('questlog'), QUESTS, 0)
    const alternativeBytes = await writeDocument('y-map', file('y-map'), QUESTS, 0)
    const ours: Loaded[] = []
    const theirs: Loaded[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await loadDocument('questlog', file('questlog')))
      theirs.push(await loadDocument('y-map', file('y-map')))
    }
    const details = {
      quests: QUESTS,
      rounds: ROUNDS,
      readAllMs: median(ours.map(({ readAllMs }) => readAllMs)),
      alternativeReadAllMs: median(theirs.map(({ readAllMs }) => readAllMs)),
      bytesPerQuest: bytes / QUESTS,
      alternativeBytesPerQuest: alternativeBytes / QUESTS,
    }
    report({
      bench: 'store-load time',
      value: median(ours.map(({ loadMs }) => loadMs)),
      unit: 'ms',
      alternative: ALTERNATIVE,
      alternativeValue: median(theirs.map(({ loadMs }) => loadMs)),
      budget: { atMost: 700, ratioAtMost: 1 / 5 },
      details,
    })
    report({
      bench: 'store-load heap',
      value: median(ours.map(({ heapMb }) => heapMb)),
      unit: 'MB',
      alternative: ALTERNATIVE,
      alternativeValue: median(theirs.map(({ heapMb }) => heapMb)),
      budget: { atMost: 80, ratioAtMost: 1 / 7 },
      details,
    })
  })
}
