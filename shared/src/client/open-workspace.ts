import type { UserId } from '../domain/ids.ts'
import type { OpenLocalStore } from './local-store.ts'
import type { Timers } from './timers.ts'

export interface OpenWorkspaceDeps {
  readonly openLocalStore: OpenLocalStore
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** The device's IANA time zone. */
  readonly timeZone: () => string
  /** Yields numbers in [0, 1). */
  readonly random: () => number
  readonly userId: () => UserId | null
  /** The hour at which the person's day begins, 0–6; midnight unless given. */
  readonly dayStartHour?: () => number
  /** The platform's own unless given. */
  readonly timers?: Timers
}
