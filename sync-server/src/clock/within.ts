/**
 * Whether a stored moment is less than `ms` ago. One that lies ahead by as much is not: the clock was set back, and
 * what holds for seconds must not hold for days.
 */
export function isWithin(ms: number, kept: Date, now: number): boolean {
  return Math.abs(now - kept.getTime()) < ms
}
