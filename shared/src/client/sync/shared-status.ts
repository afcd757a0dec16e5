import type { Acknowledged } from './saved-tracker.ts'
import type { Link } from './sync-status.ts'

/** What the tab that owns the socket tells the others, structured-clone safe. */
export interface SharedStatus {
  readonly link: Link
  readonly savedAt: number | null
  readonly acknowledged: Acknowledged | null
  readonly readOnly: boolean
  /** By how much the server's clock is ahead of this device's; null while unknown. */
  readonly serverAheadMs: number | null
  /** The document the server moved this workspace to, or null. */
  readonly movedTo: string | null
}
