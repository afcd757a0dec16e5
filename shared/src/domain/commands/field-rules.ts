import { isIdShaped } from '../kernel/ids.ts'
import type { FieldValue } from '../kernel/record-write.ts'
import { DIFFICULTIES, ENERGIES, PRIORITIES, parseRecurrence, parseReminder, STATUSES } from '../quest/field-values.ts'
import { parseWhen } from '../time/when.ts'
import { isKnownZone } from '../time/zone.ts'
import type { InvalidReason, QuestEdit } from './commands.ts'

/** The limits of what a person may enter; lengths in characters (code points). */
export const LIMITS = {
  titleLength: 500,
  stepLength: 500,
  nameLength: 100,
  estimateMin: 525_600,
  steps: 200,
  tags: 50,
  assignees: 50,
  reminders: 20,
  reminderMin: 525_600,
  noteLength: 65_536,
  templateQuests: 200,
  /** Characters of JSON, short of what an entry may hold. */
  templateSize: 160_000,
} as const

/** A value cleaned for storing, or what is wrong with it. */
export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: InvalidReason }

/**
 * One line of text: trimmed, 1 to `maxLength` characters, no control characters, well-formed (a lone surrogate would
 * reach other devices as another string).
 */
export function checkLine(value: unknown, maxLength: number): Checked<string> {
  if (typeof value !== 'string' || !value.isWellFormed()) return invalid('malformed')
  const text = value.trim()
  if (text === '') return invalid('empty')
  if (/\p{Cc}/u.test(text)) return invalid('control-characters')
  if (text.length > maxLength && [...text].length > maxLength) return invalid('too-long')
  return { ok: true, value: text }
}

/** A colour, `#rrggbb` in lower case, or null for none. */
export function checkColor(value: unknown): Checked<string | null> {
  if (value === null) return { ok: true, value }
  if (typeof value !== 'string' || !/^#[0-9a-f]{6}$/i.test(value)) return invalid('malformed')
  return { ok: true, value: value.toLowerCase() }
}

/** Checks a value for one field of a quest, cleaned where cleaning applies (a trimmed title). */
export function checkQuestField(field: keyof QuestEdit, value: unknown): Checked<FieldValue> {
  switch (field) {
    case 'title':
      return checkLine(value, LIMITS.titleLength)
    case 'status':
      return checkOption(value, STATUSES)
    case 'priority':
      return checkOption(value, PRIORITIES)
    case 'difficulty':
      return checkOption(value, DIFFICULTIES)
    case 'energy':
      return value === null ? { ok: true, value } : checkOption(value, ENERGIES)
    case 'start':
    case 'scheduled':
    case 'due':
    case 'deadline':
      return checkWhen(value)
    case 'estimateMin':
      return checkEstimate(value)
    case 'recurrence':
      return checkRecurrence(value)
    case 'parentId':
    case 'categoryId':
      return checkId(value)
  }
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

function checkId(value: unknown): Checked<FieldValue> {
  if (value === null) return { ok: true, value }
  return typeof value === 'string' && isIdShaped(value) ? { ok: true, value } : invalid('malformed')
}

function checkOption<Option extends FieldValue>(value: unknown, options: readonly Option[]): Checked<FieldValue> {
  const option = options.find((each) => each === value)
  return option === undefined ? invalid('not-an-option') : { ok: true, value: option }
}

function checkWhen(value: unknown): Checked<FieldValue> {
  if (value === null) return { ok: true, value }
  const when = parseWhen(value)
  if (when === null) return invalid('not-a-date')
  return 'tz' in when && !isKnownZone(when.tz) ? invalid('unknown-zone') : { ok: true, value: { ...when } }
}

function checkRecurrence(value: unknown): Checked<FieldValue> {
  if (value === null) return { ok: true, value }
  const recurrence = parseRecurrence(value)
  return recurrence === null ? invalid('malformed') : { ok: true, value: { ...recurrence } }
}

function checkEstimate(value: unknown): Checked<FieldValue> {
  if (value === null) return { ok: true, value }
  if (typeof value !== 'number' || !Number.isInteger(value)) return invalid('not-an-integer')
  return value >= 1 && value <= LIMITS.estimateMin ? { ok: true, value } : invalid('out-of-range')
}

function invalid(error: InvalidReason): { readonly ok: false; readonly error: InvalidReason } {
  return { ok: false, error }
}
