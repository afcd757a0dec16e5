import type { Database } from '../db/tables.ts'
import type { WorkspaceStore } from '../read-model/workspace-store.ts'

/** What routes about the records of workspaces work with. */
export interface RecordDeps {
  readonly db: Database
  readonly store: WorkspaceStore
  readonly now: () => number
}
