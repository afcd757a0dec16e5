import { invalid } from '../fields/checked.ts'
import type { GivenType } from '../fields/field.ts'
import { isRealDate } from '../time/calendar-date.ts'

export const RECURRENCE_ANCHORS = ['due', 'completion'] as const
export const MISSED_RULES = ['latest', 'all', 'skip'] as const
export const MONTH_ENDS = ['clamp', 'skip'] as const

/** How a quest repeats. */
export interface Recurrence {
  /** RFC 5545 recurrence rule without the `RRULE:` prefix. */
  readonly rrule: string
  readonly anchor: (typeof RECURRENCE_ANCHORS)[number]
  readonly missed: (typeof MISSED_RULES)[number]
  readonly monthEnd: (typeof MONTH_ENDS)[number]
  /** Local dates, `YYYY-MM-DD`. */
  readonly exdates: readonly string[]
  /** Local date, `YYYY-MM-DD`. */
  readonly pausedUntil?: string
  readonly waitForDone: boolean
}

/** The rest of a recurrence that gives only its rule. */
export const RECURRENCE_DEFAULTS: Omit<Recurrence, 'rrule'> = {
  anchor: 'due',
  missed: 'latest',
  monthEnd: 'clamp',
  exdates: [],
  waitForDone: false,
}

/** Read as the same object with all it holds, what this version does not know included. */
export const recurrence: GivenType<'recurrence', Recurrence> = {
  name: 'recurrence',
  read: (stored) => (isRecurrence(stored) ? stored : undefined),
  store: (value) => ({ ...value }),
  check: (given) => (isRecurrence(given) ? { ok: true, value: { ...given } } : invalid('malformed')),
}

function isRecurrence(value: unknown): value is Recurrence {
  return (
    typeof value === 'object' &&
    value !== null &&
    'rrule' in value &&
    typeof value.rrule === 'string' &&
    /(^|;)FREQ=[A-Z]+(;|$)/.test(value.rrule) &&
    value.rrule.length <= 1000 &&
    'anchor' in value &&
    isOneOf(RECURRENCE_ANCHORS, value.anchor) &&
    'missed' in value &&
    isOneOf(MISSED_RULES, value.missed) &&
    'monthEnd' in value &&
    isOneOf(MONTH_ENDS, value.monthEnd) &&
    'exdates' in value &&
    Array.isArray(value.exdates) &&
    value.exdates.length <= 2000 &&
    value.exdates.every(isDate) &&
    (!('pausedUntil' in value) || value.pausedUntil === undefined || isDate(value.pausedUntil)) &&
    'waitForDone' in value &&
    typeof value.waitForDone === 'boolean'
  )
}

function isOneOf(options: readonly unknown[], value: unknown): boolean {
  return options.includes(value)
}

function isDate(value: unknown): boolean {
  return typeof value === 'string' && isRealDate(value)
}
