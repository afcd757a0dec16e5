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
