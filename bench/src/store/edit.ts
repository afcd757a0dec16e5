import { report } from '../measure/report.ts'
import { median, quantile } from '../measure/statistics.ts'
import { timeCommands, timeEdits, withScratch, writeDocument } from './child-runs.ts'
import { ALTERNATIVE, KEY_VALUE_ALTERNATIVE } from './contenders.ts'

const ROUNDS = 3
// A YKeyValue of 100,000 quests takes minutes for the edits timed here.
const budgets = [
  { quests: 10_000, atMost: 0.2, withKeyValue: true },
  { quests: 100_000, atMost: 1, withKeyValue: false },
] as const

/** Edits one field of one quest of many: through the store alone, and as a whole command with its projection. */
export async function benchEdit(): Promise<void> {
  await withScratch(async (file) => {
    for (const { quests, atMost, withKeyValue } of budgets) {
      await writeDocument('questlog', file('questlog'), quests, 0)
      await writeDocument('y-map', file('y-map'), quests, 0)
      if (withKeyValue) await writeDocument('y-keyvalue', file('y-keyvalue'), quests, 0)
      const ours: number[] = []
      const commands: number[] = []
      const theirs: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        ours.push(...(await timeEdits('questlog', file('questlog'), quests)))
        theirs.push(...(await timeEdits('y-map', file('y-map'), quests)))
        commands.push(...(await timeCommands(file('questlog'))))
      }
      // Once is enough to see a difference of hundreds of times.
      const keyValue = withKeyValue ? await timeEdits('y-keyvalue', file('y-keyvalue'), quests) : []
      report({
        bench: 'store-edit',
        value: median(ours),
        unit: 'ms',
        alternative: ALTERNATIVE,
        alternativeValue: median(theirs),
        budget: { atMost },
        details: {
          quests,
          edits: ours.length,
          p95: quantile(ours, 0.95),
          alternativeP95: quantile(theirs, 0.95),
          commandP50: median(commands),
          commandP95: quantile(commands, 0.95),
        },
      })
      if (withKeyValue) {
        report({
          bench: 'store-edit',
          value: median(ours),
          unit: 'ms',
          alternative: KEY_VALUE_ALTERNATIVE,
          alternativeValue: median(keyValue),
          budget: { atMost },
          details: {
            quests,
            edits: ours.length,
            alternativeEdits: keyValue.length,
            alternativeP95: quantile(keyValue, 0.95),
          },
        })
      }
    }
  })
}
