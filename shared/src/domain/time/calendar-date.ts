const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/
const DAY_MS = 86_400_000

/** Whether a string is a date of the proleptic Gregorian calendar, `YYYY-MM-DD`, years 0001 to 9999. */
export function isRealDate(value: string): boolean {
  const match = DATE.exec(value)
  if (match === null || match[1] === '0000') return false
  const month = Number(match[2])
  const day = Number(match[3])
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(Number(match[1]), month)
}

/** Whether a string is a wall-clock time on a real date, `YYYY-MM-DDTHH:MM`. */
export function isRealDateTime(value: string): boolean {
  return value.length === 16 && value[10] === 'T' && TIME.test(value.slice(11)) && isRealDate(value.slice(0, 10))
}

/** The date `days` later (negative: earlier). The date must be real; the result must stay within years 0001 to 9999. */
export function addDays(date: string, days: number): string {
  return dateOfUtcMs(utcMsOfDate(date) + days * DAY_MS)
}

/** Milliseconds since the epoch of a real date's midnight in UTC: a number for calendar arithmetic. */
export function utcMsOfDate(date: string): number {
  // `Date.parse` reads a date-only string as UTC in every year; `Date.UTC` would take years below 100 as 19xx.
  return Date.parse(date)
}

/** The date in UTC of an instant, `YYYY-MM-DD`. */
export function dateOfUtcMs(utcMs: number): string {
  return new Date(utcMs).toISOString().slice(0, 10)
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
