import type { CommandError } from '@questlog/shared/domain/commands/command-error'
import { newId, type QuestId } from '@questlog/shared/domain/kernel/ids'
import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type { Reminder } from '@questlog/shared/domain/quest/reminder'
import type { PatchQuest } from '@questlog/shared/protocol/quest-writes'
import type { Draft } from '../read-model/workspace-store.ts'

type WantedReminder = NonNullable<PatchQuest['reminders']>[number]

/** Gives a quest the reminders wanted, where any are said; those without an id are new, others keep their nagging. */
export function writeReminders(draft: Draft, id: QuestId, { reminders }: PatchQuest): Result<void, CommandError> {
  if (reminders === undefined) return ok(undefined)
  const had = draft.state.quest(id)?.reminders ?? new Map<string, Reminder>()
  const wanted = new Map(
    reminders.map((reminder) => [reminder.id ?? newId(), reminderOf(reminder, had.get(reminder.id ?? ''))]),
  )
  if (wanted.size !== reminders.length) {
    return err({ code: 'invalid-field', field: 'reminders', reason: 'malformed' })
  }
  for (const reminderId of had.keys()) {
    if (wanted.has(reminderId)) continue
    const removed = draft.dispatch({ kind: 'removeReminder', id, reminderId })
    if (!removed.ok) return removed
  }
  for (const [reminderId, reminder] of wanted) {
    const kind = had.has(reminderId) ? 'editReminder' : 'addReminder'
    const written = draft.dispatch({ kind, id, reminderId, reminder })
    if (!written.ok) return inReminders(written.error)
  }
  return ok(undefined)
}

function reminderOf({ id: _id, ...wanted }: WantedReminder, had: Reminder | undefined): Reminder {
  const { nagging = had?.nagging, ...reminder } = wanted
  return { ...reminder, ...(nagging !== undefined && { nagging }) }
}

function inReminders(error: CommandError): Result<never, CommandError> {
  return err(error.code === 'invalid-field' ? { ...error, field: 'reminders' } : error)
}
