import type { StoreApi } from 'zustand'
import { err, ok } from '../../domain/kernel/result.ts'
import { parseDocumentName } from '../../protocol/documents.ts'
import type { Faults } from '../ports/faults.ts'
import type { Account } from '../rest/account.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import { type DeviceLogs, dropLog } from './device-log-list.ts'
import type { LogApart } from './log-apart.ts'
import { openErrorFrom } from './open-error.ts'
import type { Session, SessionState } from './session.ts'
import type { ShownLog } from './shown-log.ts'

export interface BringBackDeps {
  readonly account: Pick<Account, 'workspaces'>
  readonly state: StoreApi<SessionState>
  readonly showLog: ShownLog['show']
  readonly apart: Pick<LogApart, 'open'>
  readonly remember: (change: (logs: DeviceLogs) => DeviceLogs) => void
  readonly faults: Faults
}

/**
 * Where the server has a log that has moved on to a later document here: the server was put back to an earlier state
 * since, from a backup. Null for every other log.
 */
export function earlierPlace(ref: WorkspaceRef, workspaces: readonly WorkspaceRef[] | null): WorkspaceRef | null {
  const told = workspaces?.find(({ id }) => id === ref.id)
  const [here, there] = [ref, told].map((each) => parseDocumentName(each?.documentName ?? ''))
  if (told === undefined || here == null || there == null || there.epoch >= here.epoch) return null
  return told
}

/**
 * The part of the session that takes a log back to the document the server has, with all that it holds. The later
 * document is deleted once that is on disk in the other: a start in between finds both, and can do it again.
 */
export function createBringBack(deps: BringBackDeps): Pick<Session, 'bringBack'> {
  const { account, state, showLog, apart, remember, faults } = deps
  return {
    async bringBack() {
      const { workspace, logs } = state.getState()
      const log = logs.find(({ ref }) => ref.documentName === workspace?.ref.documentName)
      if (log === undefined) return ok(null)
      const told = await account.workspaces()
      if (!told.ok) return told
      const place = earlierPlace(log.ref, told.value)
      if (place === null) return ok(null)
      await showLog({ ref: place, owner: log.owner })
      const { workspace: own, openError } = state.getState()
      if (own?.ref.documentName !== place.documentName) return err({ kind: 'not-opened', error: openError })
      try {
        await apart.open(log.ref, async (later) => void (await own.mergeFrom(later)), 'destroy')
      } catch (cause) {
        return err({ kind: 'not-opened', error: openErrorFrom(cause, faults) })
      }
      remember((list) => dropLog(list, log.ref.documentName))
      return ok(null)
    },
  }
}
