import { isRealDate, isRealDateTime } from './calendar-date.ts'
import { dayAt } from './day.ts'
import { instantOfWallClock, isKnownZone, wallClockAt } from './zone.ts'

/** A local date, `YYYY-MM-DD`. */
export interface DateOnly {
  readonly d: string
}
/** A wall-clock time that follows the reader: `YYYY-MM-DDTHH:MM`. */
export interface FloatingTime {
  readonly dt: string
}
/** A wall-clock time in a fixed IANA zone. */
export interface ZonedTime {
  readonly dt: string
  readonly tz: string
}
export type When = DateOnly | FloatingTime | ZonedTime

/** Where and when the reader is; `dayStartHour` (0–6) is the hour at which their day begins. */
export interface Clock {
  readonly now: number
  readonly tz: string
  readonly dayStartHour: number
}

/** Reads a stored value as a When; null unless its dates are real. A zone need not be known to this runtime. */
export function parseWhen(value: unknown): When | null {
  if (typeof value !== 'object' || value === null) return null
  if ('d' in value) return isDateOnly(value) ? value : null
  if (isZonedTime(value)) return value
  return !('tz' in value) && isFloatingTime(value) ? value : null
}

/** The local date on which a When falls for a reader in `tz`. In a zone this runtime does not know: its own date. */
export function localDateOfWhen(when: When, tz: string): string {
  if ('d' in when) return when.d
  if (!('tz' in when) || when.tz === tz || !isKnownZone(when.tz)) return when.dt.slice(0, 10)
  return wallClockAt(instantOfWallClock(when.dt, when.tz), tz).date
}

/** The instant of a When for a reader in `tz`, in milliseconds since the epoch; of a date, its first. */
export function instantOfWhen(when: When, tz: string): number {
  if ('d' in when) return instantOfWallClock(`${when.d}T00:00`, tz)
  return instantOfWallClock(when.dt, 'tz' in when && isKnownZone(when.tz) ? when.tz : tz)
}

/** Orders Whens for a reader in `tz`: by local date, a whole day before the times on it, then by instant. */
export function compareWhens(a: When, b: When, tz: string): number {
  const dateA = localDateOfWhen(a, tz)
  const dateB = localDateOfWhen(b, tz)
  if (dateA !== dateB) return dateA < dateB ? -1 : 1
  const isWholeDayA = 'd' in a
  const isWholeDayB = 'd' in b
  if (isWholeDayA || isWholeDayB) return Number(isWholeDayB) - Number(isWholeDayA)
  return instantOfWhen(a, tz) - instantOfWhen(b, tz)
}

/** Whether a When has passed: a date when the reader's day is later, a time when its instant is. */
export function isOverdue(when: When, clock: Clock): boolean {
  if ('d' in when) return when.d < dayAt(clock.now, clock.tz, clock.dayStartHour)
  return instantOfWhen(when, clock.tz) < clock.now
}

/** Whether a When falls on the local date `day`, `YYYY-MM-DD`, of a reader in `tz`. */
export function isDueOn(when: When, day: string, tz: string): boolean {
  return localDateOfWhen(when, tz) === day
}

function isDateOnly(value: object): value is DateOnly {
  return 'd' in value && typeof value.d === 'string' && isRealDate(value.d)
}

function isFloatingTime(value: object): value is FloatingTime {
  return 'dt' in value && typeof value.dt === 'string' && isRealDateTime(value.dt)
}

function isZonedTime(value: object): value is ZonedTime {
  return 'tz' in value && typeof value.tz === 'string' && value.tz !== '' && isFloatingTime(value)
}
