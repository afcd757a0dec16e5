import type { WorkspaceRef } from '../workspace-ref.ts'

/** Somebody with an account, as this device knows them. */
export interface Person {
  readonly id: string
  readonly email: string
  readonly displayName: string
}

/** A log kept on this device, and whose it is; null while it belongs to nobody's account. */
export interface DeviceLog {
  readonly ref: WorkspaceRef
  readonly owner: Person | null
  /** What the server did not have when this device last looked; 0 while the log belongs to nobody's account. */
  readonly unsavedChanges: number
}
