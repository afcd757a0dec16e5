import { dateOfUtcMs } from './calendar-date.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

// Making a formatter costs some fifty times a use of it.
const formatterByZone = new Map<string, Intl.DateTimeFormat | null>()

/** Whether this runtime knows the IANA time zone. */
export function isKnownZone(tz: string): boolean {
  return formatterOf(tz) !== null
}

/** Milliseconds to add to UTC for the wall clock of a zone at an instant; 0 in a zone this runtime does not know. */
export function zoneOffsetMs(at: number, tz: string): number {
  const formatter = formatterOf(tz)
  if (formatter === null) return 0
  const wholeSecond = Math.floor(at / 1000) * 1000
  const match = /(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)/.exec(formatter.format(wholeSecond))
  if (match === null) throw new Error(`unexpected form of a date in zone ${tz}`)
  const [, month, day, year, hour, minute, second] = match.map(Number)
  const wallMs = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second)
  return wallMs - wholeSecond
}

/** The wall clock of a zone at an instant: its date and its hour. */
export function wallClockAt(at: number, tz: string): { readonly date: string; readonly hour: number } {
  const wallMs = at + zoneOffsetMs(at, tz)
  return { date: dateOfUtcMs(wallMs), hour: new Date(wallMs).getUTCHours() }
}

/**
 * The instant of a wall-clock time `YYYY-MM-DDTHH:MM` in a zone. Of a time that happens twice the first is taken; one
 * that a clock change skips moves later by the gap (the `compatible` rule of RFC 5545 and of Temporal).
 */
export function instantOfWallClock(dateTime: string, tz: string): number {
  const wallMs = Date.parse(`${dateTime}:00Z`)
  const offsetBefore = zoneOffsetMs(wallMs - DAY_MS, tz)
  const offsetAfter = zoneOffsetMs(wallMs + DAY_MS, tz)
  const byOffsetBefore = wallMs - offsetBefore
  if (offsetBefore === offsetAfter || zoneOffsetMs(byOffsetBefore, tz) === offsetBefore) return byOffsetBefore
  const byOffsetAfter = wallMs - offsetAfter
  return zoneOffsetMs(byOffsetAfter, tz) === offsetAfter ? byOffsetAfter : byOffsetBefore
}

function formatterOf(tz: string): Intl.DateTimeFormat | null {
  const known = formatterByZone.get(tz)
  if (known !== undefined) return known
  const formatter = makeFormatter(tz)
  formatterByZone.set(tz, formatter)
  return formatter
}

function makeFormatter(tz: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: tz,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch (cause) {
    if (cause instanceof RangeError) return null
    throw cause
  }
}
