import { report } from '../measure/report.ts'
import { median, quantile } from '../measure/statistics.ts'
import {
  loadDocument,
  timeEdits,
  timeRemoteEdits,
  withScratch,
  writeAgedDocument,
  writeDocument,
} from './child-runs.ts'

const QUESTS = 10_000
/** Five years of three devices. */
const STARTS = 20_000
const EDITS_PER_START = 5
const ROUNDS = 5
const ALTERNATIVE = 'the same edits under one client id'

/** A document of many app starts, moved to new epochs as the server does, beside one that a single start has written. */
export async function benchAged(): Promise<void> {
  await withScratch(async (file) => {
    await writeDocument('questlog', file('fresh'), QUESTS, STARTS * EDITS_PER_START)
    const { clientIds, mostIds, rebases } = await writeAgedDocument(file('aged'), QUESTS, STARTS, EDITS_PER_START)
    const [aged, fresh] = [samples(), samples()]
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [side, name] of [[aged, 'aged'] as const, [fresh, 'fresh'] as const]) {
        side.load.push((await loadDocument('questlog', file(name))).loadMs)
        side.write.push(...(await timeEdits('questlog', file(name), QUESTS)))
        side.remote.push(...(await timeRemoteEdits('questlog', file(name), QUESTS)))
      }
    }
    const details = {
      quests: QUESTS,
      starts: STARTS,
      editsPerStart: EDITS_PER_START,
      rounds: ROUNDS,
      rebases,
      clientIds,
    }
    for (const work of ['load', 'write', 'remote'] as const) {
      report({
        bench: `store-aged ${work}`,
        value: median(aged[work]),
        unit: 'ms',
        alternative: ALTERNATIVE,
        alternativeValue: median(fresh[work]),
        budget: { ratioAtMost: 2 },
        details: { ...details, p95: quantile(aged[work], 0.95), alternativeP95: quantile(fresh[work], 0.95) },
      })
    }
    report({
      bench: 'store-aged client ids served',
      value: mostIds,
      unit: 'ids',
      alternative: 'one for each app start',
      alternativeValue: STARTS,
      budget: { atMost: 600 },
      details,
    })
  })
}

function samples(): Record<'load' | 'write' | 'remote', number[]> {
  return { load: [], write: [], remote: [] }
}
