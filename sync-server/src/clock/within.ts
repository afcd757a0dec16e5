/**
 * Whether a kept moment is less than so long ago. One that lies ahead by as much is not, since then the clock was set
 * back: what holds for seconds must not hold for days.
 */
export function isWithin(ms: number, kept: Date, now: number): boolean {
  return Math.abs(now - kept.getTime()) < ms
}
