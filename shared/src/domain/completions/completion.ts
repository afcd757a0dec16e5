import { type CompletionId, type QuestId, storedId } from '../kernel/ids.ts'
import type { Quest } from '../quest/quest.ts'
import { localDateOfWhen } from '../time/when.ts'
import type { Completion } from './completion-fields.ts'

/** The occurrence of a quest that does not repeat. */
export const ONCE = 'once'

/** The id of an occurrence's completion: two devices that complete it offline write the same record. */
export function completionIdOf(questId: QuestId, occurrence: string): CompletionId {
  return storedId(`${questId}:${occurrence}`)
}

/** The quest a completion belongs to, from its id. */
export function questIdOfCompletion(id: string): QuestId {
  return storedId(id.slice(0, Math.max(0, id.lastIndexOf(':'))))
}

/**
 * The occurrence that completing the quest now would record: `once`, or for a repeating quest the date it is due (else
 * scheduled, else starts). The date is read in its own zone, so that every device names the same occurrence.
 */
export function currentOccurrence(quest: Pick<Quest, 'recurrence' | 'due' | 'scheduled' | 'start'>): string {
  if (quest.recurrence === null) return ONCE
  const at = quest.due ?? quest.scheduled ?? quest.start
  if (at === null) return ONCE
  return 'd' in at ? at.d : at.dt.slice(0, 10)
}

/** Whether a completion stands: it was written and not undone. */
export function stands(completion: Completion | undefined): completion is Completion {
  return completion !== undefined && completion.voided === null
}

/**
 * Whether completing on `day` meets the quest's date: on or before its due day, or its deadline's where it has no due.
 * A quest without either has no date to meet, and is not timely.
 */
export function isTimely(quest: Pick<Quest, 'due' | 'deadline'>, day: string, tz: string): boolean {
  const by = quest.due ?? quest.deadline
  return by !== null && day <= localDateOfWhen(by, tz)
}

/** The quest as its current occurrence's completion says: done where there is one and it stands. */
export function withCompletion(quest: Quest, completion: Completion | undefined): Quest {
  const completedAt = stands(completion) ? completion.at : null
  const completedDay = stands(completion) ? completion.day : null
  if (quest.completedAt === completedAt && quest.completedDay === completedDay) return quest
  return { ...quest, completedAt, completedDay }
}
