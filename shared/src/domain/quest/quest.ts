import type { FieldValues } from '../fields/field.ts'
import { patchOf, recordReader } from '../fields/read-record.ts'
import type { QuestId } from '../kernel/ids.ts'
import type { Patch } from '../kernel/record-write.ts'
import { type QuestFields, questFields } from './quest-fields.ts'

export type Priority = Quest['priority']
export type Difficulty = Quest['difficulty']
export type Energy = Exclude<Quest['energy'], null>

/** What a quest's record does not hold: it follows from the completions. */
export interface DerivedOfQuest {
  /** When its current occurrence was completed; null: not done. */
  readonly completedAt: number | null
  /** The day that completion counts for, `YYYY-MM-DD`. */
  readonly completedDay: string | null
}

/** A quest as the projection shows it: every default filled in, nothing seeded in the document. */
export interface Quest extends FieldValues<QuestFields>, DerivedOfQuest {
  readonly id: QuestId
}

/**
 * Reads a quest from its fields. Whatever is missing or unreadable, alone, takes its default. It is not done until
 * `withCompletion` says so.
 */
export const readQuest = recordReader<QuestId, QuestFields, DerivedOfQuest>(questFields, {
  completedAt: null,
  completedDay: null,
})

/** A quest with nothing but what it must have: every default there is. */
export function defaultQuest(id: QuestId, title: string, createdAt: number): Quest {
  return readQuest(id, { title, createdAt })
}

/** The fields of a quest as a record holds them, so that `readQuest` gives it back. */
export function patchOfQuest(quest: Quest): Patch {
  return patchOf(questFields, quest)
}
