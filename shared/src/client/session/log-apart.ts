import type { Workspace } from '../workspace/workspace.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'

export interface LogApartDeps {
  readonly open: (ref: WorkspaceRef) => Promise<Workspace>
  /** Resolves once the log is not open in this window. */
  readonly release: (documentName: string) => Promise<void>
}

/** A log that is open here for a moment, neither on screen nor to be sent. */
export interface LogApart {
  documentName(): string | null
  /** Opens a log, does the work, and closes it again; or deletes it once the work is done. */
  open(ref: WorkspaceRef, work: (log: Workspace) => Promise<void>, afterwards?: 'close' | 'destroy'): Promise<void>
}

/** None is open. */
export function createLogApart(deps: LogApartDeps): LogApart {
  let apart: string | null = null
  return {
    documentName: () => apart,
    async open(ref, work, afterwards = 'close') {
      apart = ref.documentName
      try {
        await deps.release(ref.documentName)
        const log = await deps.open(ref)
        try {
          await work(log)
        } catch (cause) {
          await log.close()
          throw cause
        }
        await log[afterwards]()
      } finally {
        apart = null
      }
    },
  }
}
