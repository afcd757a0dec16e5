import { completionIdOf, currentOccurrence, isTimely } from '../completions/completion.ts'
import type { QuestId } from '../kernel/ids.ts'
import type { RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { countUnblocked } from '../state/dependencies.ts'
import type { DecideContext, LogState } from '../state/log-state.ts'
import { dayAt } from '../time/day.ts'
import type { CommandError } from './command-error.ts'
import { editable } from './decide-quest.ts'

type Decision = Result<readonly RecordWrite[], CommandError>

/**
 * Completes the current occurrence. The whole record is written, `voided: null` included, so that of two offline
 * completions one wins as a whole, and a later completion outlives an earlier undo. `doneBefore` are completed by the
 * same command just before it.
 */
export function completeQuest(
  state: LogState,
  id: QuestId,
  context: DecideContext,
  doneBefore: ReadonlySet<QuestId> = new Set(),
): Decision {
  const quest = editable(state, id)
  if (!quest.ok) return quest
  if (quest.value.completedAt !== null) return err({ code: 'already-done', id })
  const occurrence = currentOccurrence(quest.value)
  const day = dayAt(context.now, context.tz, context.dayStartHour)
  let stepsDone = 0
  for (const step of quest.value.steps.values()) if (step.done) stepsDone++
  const patch = {
    questId: id,
    occurrence,
    at: context.now,
    tz: context.tz,
    day,
    by: context.userId,
    difficulty: quest.value.difficulty,
    stepsDone,
    timely: isTimely(quest.value, day, context.tz),
    unblocked: countUnblocked(state, id, doneBefore),
    voided: null,
  }
  return ok([{ table: 'completions', id: completionIdOf(id, occurrence), patch }])
}

/** Undoes the completion of the current occurrence; its record stays, marked with when. */
export function reopenQuest(state: LogState, id: QuestId, context: DecideContext): Decision {
  const quest = editable(state, id)
  if (!quest.ok) return quest
  if (quest.value.completedAt === null) return err({ code: 'not-done', id })
  const completionId = completionIdOf(id, currentOccurrence(quest.value))
  return ok([{ table: 'completions', id: completionId, patch: { voided: context.now } }])
}
