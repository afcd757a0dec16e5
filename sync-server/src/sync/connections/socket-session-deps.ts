import type { IncomingBytes } from '../limits/incoming-bytes.ts'
import type { OutgoingBytes } from '../limits/outgoing-bytes.ts'
import type { SyncLimits } from '../limits/sync-limits.ts'
import type { WorkShares } from '../limits/work-shares.ts'
import type { PresencePacer } from './presence-pacer.ts'

export interface SocketSessionDeps {
  readonly limits: SyncLimits
  readonly monotonicMs: () => number
  /** Counts a frame against its user; false when the user sends too much. */
  readonly takeFromUser: (userId: string, bytes: number) => boolean
  readonly onDropped: (cause: 'slow' | 'rate-limited' | 'unauthenticated' | 'malformed') => void
  /** Whom its work counts for until it has shown an accepted token. */
  readonly address: string
  readonly incoming: IncomingBytes
  readonly outgoing: OutgoingBytes
  readonly presence: PresencePacer
  readonly work: Pick<WorkShares, 'take'>
  /** Its person has shown an accepted token; false where that person has too many sockets. */
  readonly onSignedIn: (userId: string) => boolean
  /** Whether a person may open another document. */
  readonly mayOpen: (userId: string) => boolean
}
