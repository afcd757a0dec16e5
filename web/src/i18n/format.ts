import { addDays } from '@questlog/shared/domain/time/calendar-date'
import { instantOfWhen, localDateOfWhen, type When } from '@questlog/shared/domain/time/when'
import type { Language } from '../theme/preferences.ts'

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const tag = language === 'en' ? navigatorEnglish() : language
  const key = `${tag}${JSON.stringify(options)}`
  const known = formatters.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(tag, options)
  formatters.set(key, made)
  return made
}

/** English has no one order of day and month, so the reader's own region decides. */
function navigatorEnglish(): string {
  return navigator.languages.find((tag) => tag.toLowerCase().startsWith('en') && isLanguageTag(tag)) ?? 'en'
}

/** Some systems report POSIX names such as `en-US@posix`, which `Intl` throws on. */
function isLanguageTag(tag: string): boolean {
  return /^[a-z]+(-[a-z0-9]+)*$/i.test(tag)
}

/** The local date of a When, `YYYY-MM-DD`. */
export function dayOf(when: When): string {
  return 'd' in when ? when.d : when.dt.slice(0, 10)
}

/** The wall-clock time of a When, `HH:MM`, or null for a date alone. */
export function timeOf(when: When): string | null {
  return 'd' in when ? null : when.dt.slice(11, 16)
}

/** The zone a When is fixed to, or null where it follows the reader. */
export function zoneOf(when: When): string | null {
  return 'dt' in when && 'tz' in when ? when.tz : null
}

/** The When of a date and a perhaps empty `HH:MM`, in a zone if it had one. */
export function whenFrom(day: string, time: string, zone: string | null): When {
  if (time === '') return { d: day }
  const dt = `${day}T${time.slice(0, 5)}`
  return zone === null ? { dt } : { dt, tz: zone }
}

/** A When as the clocks in `tz` have it, in words near today: Today 15:00, Tomorrow, Friday, 3 Dec, 3 Dec 2027. */
export function formatWhen(language: Language, when: When, today: string, tz: string): string {
  const time = formatTimeOfWhen(language, when, tz)
  const day = formatDay(language, localDateOfWhen(when, tz), today)
  return time === null ? day : `${day} ${time}`
}

/** The time of day of a When as the clocks in `tz` have it, or null for a date alone. */
export function formatTimeOfWhen(language: Language, when: When, tz: string): string | null {
  if ('d' in when) return null
  return formatter(language, { timeStyle: 'short', timeZone: tz }).format(instantOfWhen(when, tz))
}

/** A local date in words near today. */
export function formatDay(language: Language, day: string, today: string): string {
  for (const offset of [-1, 0, 1]) if (day === addDays(today, offset)) return relativeDay(language, offset)
  const date = new Date(`${day}T12:00`)
  if (Number.isNaN(date.getTime())) return day
  if (day > today && day < addDays(today, 7)) return formatter(language, { weekday: 'long' }).format(date)
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const)
  return formatter(language, { day: 'numeric', month: 'short', ...year }).format(date)
}

function relativeDay(language: Language, offset: number): string {
  const text = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(offset, 'day')
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1)
}

/** A date with its weekday, short: Fri 3 Dec. */
export function formatWeekday(language: Language, day: string): string {
  const options = { weekday: 'short', day: 'numeric', month: 'short' } as const
  return formatter(language, options).format(new Date(`${day}T12:00`))
}

/** A long date for a page's heading: Friday, 3 December. */
export function formatLongDay(language: Language, day: string): string {
  return formatter(language, { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(`${day}T12:00`))
}

/** A moment as date and time, with the month in words. */
export function formatInstant(language: Language, at: number): string {
  const date = { day: 'numeric', month: 'short', year: 'numeric' } as const
  return formatter(language, { ...date, hour: 'numeric', minute: '2-digit' }).format(new Date(at))
}

/** A size in bytes, in the unit that fits. */
export function formatBytes(language: Language, bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = Math.min(units.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1000)))
  const unit = units[step] ?? 'byte'
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: step > 1 ? 1 : 0 })
  return format.format(bytes / 1000 ** step)
}

/** A number, grouped the local way. */
export function formatNumber(language: Language, value: number): string {
  return new Intl.NumberFormat(language).format(value)
}

/** How long ago a moment is, in the largest unit that fits: 5 minutes ago. */
export function formatAgo(language: Language, at: number, now: number): string {
  const seconds = Math.min(0, Math.round((at - now) / 1000))
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ] as const
  const [unit, size] = units.find(([, each]) => -seconds >= each) ?? (['second', 1] as const)
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit)
}

/** The time of day of a moment. */
export function formatTime(language: Language, at: number): string {
  return formatter(language, { timeStyle: 'short' }).format(new Date(at))
}

/** The local date of a moment, `YYYY-MM-DD`. */
export function localDay(at: number): string {
  const date = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
