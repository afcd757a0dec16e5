import { addDays, isRealDate, utcMsOfDate } from './calendar-date.ts'
import type { When } from './when.ts'

/** A date or time of a template: so many days after the day it is used (negative: before), the wall clock kept. */
export interface RelativeWhen {
  readonly days: number
  /** `HH:MM`; missing for a whole day. */
  readonly time?: string
  /** An IANA zone; missing for a floating time. */
  readonly tz?: string
}

const DAY_MS = 86_400_000

/** How a When lies to a day, `YYYY-MM-DD`. */
export function relativeWhen(when: When, day: string): RelativeWhen {
  const [date, time] = 'd' in when ? [when.d] : [when.dt.slice(0, 10), when.dt.slice(11)]
  const days = Math.round((utcMsOfDate(date) - utcMsOfDate(day)) / DAY_MS)
  if (time === undefined) return { days }
  return 'tz' in when ? { days, time, tz: when.tz } : { days, time }
}

/** The When that lies so to a day; null beyond the years 1 to 9999. */
export function whenFrom(relative: RelativeWhen, day: string): When | null {
  const { days, time, tz } = relative
  // Beyond what a `Date` holds there is no date to write at all.
  if (Math.abs(days) > MOST_DAYS) return null
  const date = addDays(day, days)
  if (!isRealDate(date)) return null
  if (time === undefined) return { d: date }
  return tz === undefined ? { dt: `${date}T${time}` } : { dt: `${date}T${time}`, tz }
}

/** Reads a stored relative date; null unless it has the shape of one. */
export function parseRelativeWhen(value: unknown): RelativeWhen | null {
  return isRelativeWhen(value) ? value : null
}

/** More days than lie between the first and the last date there is. */
const MOST_DAYS = 4_000_000

function isRelativeWhen(value: unknown): value is RelativeWhen {
  if (typeof value !== 'object' || value === null || !('days' in value) || !Number.isSafeInteger(value.days)) {
    return false
  }
  const time = 'time' in value ? value.time : undefined
  const tz = 'tz' in value ? value.tz : undefined
  if (tz !== undefined && (typeof tz !== 'string' || tz === '' || time === undefined)) return false
  return time === undefined || (typeof time === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(time))
}
