import { LIMITS } from '../fields/limits.ts'
import { isIdShaped } from '../kernel/ids.ts'
import type { FieldValue, RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Reminder } from '../quest/reminder.ts'
import { checkReminder } from '../quest/reminder.ts'
import type { LogState } from '../state/log-state.ts'
import type { CommandError } from './command-error.ts'
import type { Command } from './commands.ts'
import { editable } from './decide-quest.ts'

type Decision = Result<readonly RecordWrite[], CommandError>
type Of<Kind extends Command['kind']> = Extract<Command, { readonly kind: Kind }>

/** Adds a reminder. One before a date the quest does not have waits until it has. */
export function addReminder(state: LogState, command: Of<'addReminder'>): Decision {
  const quest = editable(state, command.id)
  if (!quest.ok) return quest
  const { reminders } = quest.value
  if (!isIdShaped(command.reminderId)) return invalid('reminderId', 'malformed')
  if (reminders.has(command.reminderId)) return err({ code: 'already-exists', id: command.reminderId })
  if (reminders.size >= LIMITS.reminders) return invalid('reminders', 'too-many')
  return written(command, null)
}

/** Replaces a reminder as a whole; nothing to write where it is the same. */
export function editReminder(state: LogState, command: Of<'editReminder'>): Decision {
  const found = findReminder(state, command)
  return found.ok ? written(command, found.value) : found
}

/** Removes a reminder. */
export function removeReminder(state: LogState, command: Of<'removeReminder'>): Decision {
  const found = findReminder(state, command)
  if (!found.ok) return found
  return ok([{ table: 'quests', id: command.id, patch: { [pathOf(command.reminderId)]: null } }])
}

function findReminder(
  state: LogState,
  { id, reminderId }: Pick<Of<'removeReminder'>, 'id' | 'reminderId'>,
): Result<Reminder, CommandError> {
  const quest = editable(state, id)
  if (!quest.ok) return quest
  const reminder = quest.value.reminders.get(reminderId)
  return reminder === undefined ? err({ code: 'not-found', table: 'reminders', id: reminderId }) : ok(reminder)
}

function written({ id, reminderId, reminder }: Of<'addReminder' | 'editReminder'>, now: Reminder | null): Decision {
  const checked = checkReminder(reminder)
  if (!checked.ok) return invalid('reminder', checked.error)
  if (now !== null && isSame(now, checked.value)) return ok([])
  return ok([{ table: 'quests', id, patch: { [pathOf(reminderId)]: checked.value } }])
}

function isSame(reminder: Reminder, checked: FieldValue): boolean {
  const again = checkReminder(reminder)
  return again.ok && JSON.stringify(again.value) === JSON.stringify(checked)
}

function pathOf(reminderId: string): string {
  return `reminders/${reminderId}`
}

function invalid(field: string, reason: Extract<CommandError, { code: 'invalid-field' }>['reason']) {
  return err<CommandError>({ code: 'invalid-field', field, reason })
}
