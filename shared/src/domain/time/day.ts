import { addDays } from './calendar-date.ts'
import { wallClockAt } from './zone.ts'

/**
 * The day an instant counts for: the local date in `tz`, or the one before while the wall clock is short of
 * `dayStartHour` (0–6). It goes by the wall clock, so a clock change neither shortens nor stretches the night.
 */
export function dayAt(at: number, tz: string, dayStartHour: number): string {
  const { date, hour } = wallClockAt(at, tz)
  return hour < dayStartHour ? addDays(date, -1) : date
}
