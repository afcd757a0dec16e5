import { report } from '../measure/report.ts'
import { median, quantile } from '../measure/statistics.ts'
import { timeCommands, timeEdits, withScratch, writeDocument } from './child-runs.ts'
import { ALTERNATIVE } from './contenders.ts'

const ROUNDS = 3
const budgets = [
  { quests: 10_000, atMost: 0.2 },
  { quests: 100_000, atMost: 1 },
] as const

/** Edits one field of one quest of many: through the store alone, and as a whole command with its projection. */
export async function benchEdit(): Promise<void> {
  await withScratch(async (file) => {
    for (const { quests, atMost } of budgets) {
      await writeDocument('questlog', file('questlog'), quests, 0)
      await writeDocument('y-map', file('y-map'), quests, 0)
      const ours: number[] = []
      const commands: number[] = []
      const theirs: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        ours.push(...(await timeEdits('questlog', file('questlog'), quests)))
        theirs.push(...(await timeEdits('y-map', file('y-map'), quests)))
        commands.push(...(await timeCommands(file('questlog'))))
      }
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
    }
  })
}
