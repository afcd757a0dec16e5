import { type Checked, invalid } from '../fields/checked.ts'
import { LIMITS } from '../fields/limits.ts'
import { checkWhen, mapOf } from '../fields/value-types.ts'
import type { FieldValue } from '../kernel/record-write.ts'
import type { RelativeWhen } from '../time/relative-when.ts'
import { parseWhen, type When } from '../time/when.ts'

export const REMINDER_ANCHORS = ['start', 'scheduled', 'due', 'deadline'] as const

/** A reminder at a time, or so long before one of the quest's dates. */
export type Reminder =
  | { readonly at: When; readonly nagging?: boolean }
  | {
      readonly minutesBefore: number
      readonly of: (typeof REMINDER_ANCHORS)[number]
      readonly nagging?: boolean
    }

/** The reminders of a quest by id, each replaced as a whole. */
export const reminders = mapOf('reminders', {
  keyOf: (key) => key,
  read: (stored) => parseReminder(stored) ?? undefined,
  store: storedReminder,
})

/** Reads a stored reminder; null unless it has the shape of one. */
export function parseReminder(value: unknown): Reminder | null {
  return isReminder(value) ? value : null
}

/** A reminder as a record holds it. */
export function storedReminder<At extends When | RelativeWhen>(
  reminder: Extract<Reminder, { of: unknown }> | { readonly at: At; readonly nagging?: boolean },
): FieldValue {
  return 'at' in reminder ? { ...reminder, at: { ...reminder.at } } : { ...reminder }
}

/** Checks a reminder: a time that exists, or whole minutes before one of the quest's dates. */
export function checkReminder(value: unknown): Checked<FieldValue> {
  const reminder = parseReminder(value)
  if (reminder === null) return invalid('malformed')
  const nagging = reminder.nagging === true ? { nagging: true } : {}
  if ('at' in reminder) {
    const at = checkWhen(reminder.at)
    return at.ok ? { ok: true, value: { at: at.value, ...nagging } } : at
  }
  const { minutesBefore, of } = reminder
  if (minutesBefore < 0 || minutesBefore > LIMITS.reminderMin) return invalid('out-of-range')
  return { ok: true, value: { minutesBefore, of, ...nagging } }
}

function isReminder(value: unknown): value is Reminder {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  if ('nagging' in value && value.nagging !== undefined && typeof value.nagging !== 'boolean') return false
  if ('at' in value) return parseWhen(value.at) !== null
  const anchors: readonly unknown[] = REMINDER_ANCHORS
  return (
    'minutesBefore' in value && Number.isSafeInteger(value.minutesBefore) && 'of' in value && anchors.includes(value.of)
  )
}
