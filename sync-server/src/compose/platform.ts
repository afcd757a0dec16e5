import type { Logger } from 'pino'
import type { PasswordHashing } from '../auth/passwords.ts'

/** What is not taken from the configuration; tests put their own clock and hashing here. */
export interface Platform {
  readonly logger: Logger
  /** The date: stamps, ends of tokens, times of rows. It may jump either way. */
  readonly now: () => number
  /** Milliseconds that only go on, for limits, windows and idleness; those of the process where left out. */
  readonly monotonicMs?: () => number
  readonly hashing?: PasswordHashing
}

/** The same inside a server that is told to stop. */
export interface StoppablePlatform extends Platform {
  /** Aborts with `Stopping`, a moment after a stop was asked for: for what takes long and can be done again. */
  readonly stopping: AbortSignal
}
