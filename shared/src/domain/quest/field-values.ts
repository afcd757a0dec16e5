import { isCount } from '../kernel/value-shape.ts'
import { isRealDate } from '../time/calendar-date.ts'
import { parseWhen } from '../time/when.ts'
import type {
  Attachment,
  Difficulty,
  Energy,
  Priority,
  QuestStatus,
  Recurrence,
  RelationKind,
  Reminder,
} from './quest.ts'

export const STATUSES: readonly QuestStatus[] = ['open', 'active', 'waiting', 'cancelled']
export const PRIORITIES: readonly Priority[] = [0, 1, 2, 3, 4]
export const DIFFICULTIES: readonly Difficulty[] = ['trivial', 'easy', 'medium', 'hard', 'epic']
export const ENERGIES: readonly Energy[] = ['deep', 'medium', 'low']
export const RELATION_KINDS: readonly RelationKind[] = ['blocks', 'relates', 'duplicates']
const REMINDER_ANCHORS: readonly unknown[] = ['start', 'scheduled', 'due', 'deadline']

/** Reads a stored recurrence, the same object with all it holds; null unless it has the shape of one. */
export function parseRecurrence(value: unknown): Recurrence | null {
  return isRecurrence(value) ? value : null
}

/** Reads a stored reminder; null unless it has the shape of one. */
export function parseReminder(value: unknown): Reminder | null {
  return isReminder(value) ? value : null
}

/** Reads what is stored of an attached file; null unless it has the shape of one. */
export function parseAttachment(value: unknown): Attachment | null {
  return isAttachment(value) ? value : null
}

/** Reads where an imported quest came from; null unless it names the app and the id there. */
export function parseSource(value: unknown): { readonly app: string; readonly externalId: string } | null {
  return isSource(value) ? value : null
}

function isRecurrence(value: unknown): value is Recurrence {
  return (
    isObject(value) &&
    typeof value.rrule === 'string' &&
    /(^|;)FREQ=[A-Z]+(;|$)/.test(value.rrule) &&
    value.rrule.length <= 1000 &&
    (value.anchor === 'due' || value.anchor === 'completion') &&
    (value.missed === 'latest' || value.missed === 'all' || value.missed === 'skip') &&
    (value.monthEnd === 'clamp' || value.monthEnd === 'skip') &&
    Array.isArray(value.exdates) &&
    value.exdates.length <= 2000 &&
    value.exdates.every(isDate) &&
    (value.pausedUntil === undefined || isDate(value.pausedUntil)) &&
    typeof value.waitForDone === 'boolean'
  )
}

function isReminder(value: unknown): value is Reminder {
  if (!isObject(value) || (value.nagging !== undefined && typeof value.nagging !== 'boolean')) return false
  if ('at' in value) return parseWhen(value.at) !== null
  return Number.isSafeInteger(value.minutesBefore) && REMINDER_ANCHORS.includes(value.of)
}

function isAttachment(value: unknown): value is Attachment {
  return (
    isObject(value) &&
    typeof value.name === 'string' &&
    isCount(value.size) &&
    typeof value.type === 'string' &&
    typeof value.sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(value.sha256)
  )
}

function isSource(value: unknown): value is { readonly app: string; readonly externalId: string } {
  return isObject(value) && typeof value.app === 'string' && typeof value.externalId === 'string'
}

function isDate(value: unknown): boolean {
  return typeof value === 'string' && isRealDate(value)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
