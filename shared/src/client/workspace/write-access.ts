import { isAtLeast } from '../../protocol/roles.ts'
import type { LocalStore } from '../ports/local-store.ts'
import type { SyncStatus } from '../sync/sync-status.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'

/** The fact beside the document that the server no longer lets this person write; it outlives the page. */
const ROLE_LOST_FACT = 'role-lost'

/** Whether a person may write in a log: by what this device remembers of their role, until the server speaks. */
export interface WriteAccess {
  mayWrite(): boolean
  /** Takes what the server says: a refusal for the role counts until the log is joined again. */
  hear(status: SyncStatus, readOnly: boolean): void
}

/** Remembers a lost role on disk, so that nobody goes on writing offline what the server will not take. */
export async function openWriteAccess(deps: {
  readonly ref: Pick<WorkspaceRef, 'kind' | 'role'>
  readonly store: Pick<LocalStore, 'getMeta' | 'setMeta'>
  readonly onStoreFailure: (cause: unknown) => void
}): Promise<WriteAccess> {
  const { ref, store } = deps
  let isReader = !isAtLeast(ref.role, 'member')
  let isLost = (await store.getMeta(ROLE_LOST_FACT)) === true
  const keepLost = (next: boolean) => {
    if (next === isLost) return
    isLost = next
    store.setMeta(ROLE_LOST_FACT, next).catch(deps.onStoreFailure)
  }
  return {
    mayWrite: () => !isReader && !isLost,
    hear(status, readOnly) {
      if (isRoleLost(ref, status)) keepLost(true)
      if (status.kind !== 'saving' && status.kind !== 'saved') return
      isReader = readOnly
      keepLost(false)
    },
  }
}

/** A person's own log stays theirs to write, whatever became of it on the server. */
function isRoleLost({ kind }: Pick<WorkspaceRef, 'kind'>, status: SyncStatus): boolean {
  if (status.kind !== 'refused') return false
  return status.reason === 'role' || (status.reason === 'not-found' && kind === 'party')
}
