import type { FieldValue } from '@questlog/shared/domain/kernel/record-write'
import { seededRandom } from '../measure/random.ts'
import type { SampleQuest } from './sample-quests.ts'

/** What people change in a quest, commonest first: a field is drawn when a random number is below its `upTo`. */
const habits: readonly { readonly path: string; readonly upTo: number; readonly value: (n: number) => FieldValue }[] = [
  { path: 'rank', upTo: 0.35, value: (n) => `a${(n % 60_466_176).toString(36).padStart(5, '0')}` },
  { path: 'status', upTo: 0.55, value: (n) => (n % 2 === 0 ? 'active' : 'waiting') },
  { path: 'due', upTo: 0.75, value: (n) => ({ d: `2026-${n % 2 === 0 ? '10' : '11'}-${(n % 18) + 10}` }) },
  { path: 'title', upTo: 0.9, value: (n) => `Reword the quest, edit ${n % 100_000}` },
  { path: 'priority', upTo: 1, value: (n) => n % 5 },
]

/** Calls `edit` for `count` seeded edits of one field each, spread evenly over the quests. */
export function makeEdits(
  quests: readonly SampleQuest[],
  count: number,
  edit: (id: string, path: string, value: FieldValue) => void,
): void {
  const random = seededRandom(2)
  for (let n = 0; n < count; n += 1) {
    const quest = quests[Math.floor(random() * quests.length)]
    const drawn = random()
    const habit = habits.find(({ upTo }) => drawn < upTo)
    if (quest && habit) edit(quest.id, habit.path, habit.value(n))
  }
}
