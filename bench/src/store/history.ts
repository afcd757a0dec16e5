import { report } from '../measure/report.ts'
import { median } from '../measure/statistics.ts'
import { loadDocument, withScratch, writeDocument } from './child-runs.ts'

const QUESTS = 10_000
const EDITS = 1_000_000
/** A Y.Map keeps every overwritten value's identity, so a tenth of the edits says enough about it. */
const MAP_EDITS = EDITS / 10
const ROUNDS = 5

/** Edits 10,000 quests a million times: how much larger and slower the document is than one without a past. */
export async function benchHistory(): Promise<void> {
  await withScratch(async (file) => {
    const freshBytes = await writeDocument('questlog', file('fresh'), QUESTS, 0)
    const agedBytes = await writeDocument('questlog', file('aged'), QUESTS, EDITS)
    const mapFreshBytes = await writeDocument('y-map', file('map-fresh'), QUESTS, 0)
    const mapAgedBytes = await writeDocument('y-map', file('map-aged'), QUESTS, MAP_EDITS)
    const loadMs = { fresh: [] as number[], aged: [] as number[], mapFresh: [] as number[], mapAged: [] as number[] }
    for (let round = 0; round < ROUNDS; round += 1) {
      loadMs.fresh.push((await loadDocument('questlog', file('fresh'))).loadMs)
      loadMs.aged.push((await loadDocument('questlog', file('aged'))).loadMs)
      loadMs.mapFresh.push((await loadDocument('y-map', file('map-fresh'))).loadMs)
      loadMs.mapAged.push((await loadDocument('y-map', file('map-aged'))).loadMs)
    }
    const details = { quests: QUESTS, edits: EDITS, mapEdits: MAP_EDITS, rounds: ROUNDS }
    report({
      bench: 'store-history size',
      value: agedBytes / 1_024,
      unit: 'KB',
      alternative: 'a fresh document',
      alternativeValue: freshBytes / 1_024,
      budget: { ratioAtMost: 2 },
      details: { ...details, mapRatio: mapAgedBytes / mapFreshBytes },
    })
    report({
      bench: 'store-history load',
      value: median(loadMs.aged),
      unit: 'ms',
      alternative: 'a fresh document',
      alternativeValue: median(loadMs.fresh),
      budget: { ratioAtMost: 2 },
      details: { ...details, mapRatio: median(loadMs.mapAged) / median(loadMs.mapFresh) },
    })
  })
}
