import type { Patch } from '@questlog/shared/domain/kernel/record-write'
import { seededRandom } from '../measure/random.ts'

const verbs = ['Draft', 'Review', 'Call', 'Plan', 'Repair', 'Sort', 'Answer', 'Write']
const things = ['the report', 'the budget', 'the plumber', 'next week', 'the bicycle', 'the photos', 'Ana', 'the tests']
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A quest as both sides of a bench store it: an id and twelve fields. */
export interface SampleQuest {
  readonly id: string
  readonly fields: Patch
}

/** The same quests for the same count, with ids of the shape and length of real ones. */
export function sampleQuests(count: number): SampleQuest[] {
  const random = seededRandom(1)
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item => items[Math.floor(random() * items.length)] ?? items[0]
  const ulid = () => `01K${Array.from({ length: 23 }, () => crockford[Math.floor(random() * 32)]).join('')}`
  const projects = [ulid(), ...Array.from({ length: 19 }, ulid)] as const
  const tags = [ulid(), ...Array.from({ length: 29 }, ulid)] as const
  const author = ulid()
  return Array.from({ length: count }, (_, index) => ({
    id: ulid(),
    fields: {
      title: `${pick(['Draft', ...verbs])} ${pick(['the mail', ...things])} ${index}`,
      status: pick(['open', 'open', 'active', 'waiting']),
      priority: pick([0, 1, 2, 3, 4]),
      difficulty: pick(['trivial', 'easy', 'medium', 'hard', 'epic']),
      energy: pick(['deep', 'medium', 'low']),
      projectId: pick(projects),
      due: { d: `2026-${pick(['01', '05', '09', '12'])}-${pick(['03', '14', '25'])}` },
      estimateMin: pick([15, 30, 45, 90]),
      rank: `a${index.toString(36).padStart(5, '0')}`,
      createdAt: 1_767_225_600_000 + index * 1_000,
      createdBy: author,
      [`tags/${pick(tags)}`]: true,
    },
  }))
}
