import type { ConnectOptions } from '@questlog/shared/client/sync/connect-options'
import { isAcknowledged } from '@questlog/shared/client/sync/saved-tracker'
import type { SharedStatus } from '@questlog/shared/client/sync/shared-status'
import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import {
  isBoolean,
  isEither,
  isMissingOr,
  isNullOr,
  isNumber,
  isOneOf,
  isShape,
  isString,
} from '@questlog/shared/domain/kernel/value-shape'
import { isRefusalReason } from '@questlog/shared/protocol/documents'
import { holdSocket } from './socket-owner.ts'

// Another tab may run another version of this app until it is reloaded.
const isSharedStatus = isShape({
  link: isEither(
    isShape({ kind: isOneOf(['idle', 'waiting', 'connecting', 'joined']) }),
    isShape({ kind: isOneOf(['refused']), reason: isRefusalReason }),
  ),
  savedAt: isNullOr(isNumber),
  acknowledged: isNullOr(isAcknowledged),
  readOnly: isBoolean,
  serverAheadMs: isMissingOr(isNullOr(isNumber)),
  movedTo: isNullOr(isString),
})

function parseSharedStatus(value: unknown): SharedStatus | null {
  return isSharedStatus(value) ? { ...value, serverAheadMs: value.serverAheadMs ?? null } : null
}

/**
 * Connects a workspace in exactly one tab of this browser and shows that tab's standing in the others; returns the
 * way to stop. The tab that takes over from a closed or frozen one connects by itself.
 */
export function connectAcrossTabs(workspace: Workspace, options: ConnectOptions): () => void {
  const release = holdSocket(workspace.ref.documentName, {
    onOwned(publish) {
      const connect = () => workspace.connect(options)
      connect()
      const stopSharing = workspace.shareStatus(publish)
      // A socket does not notice that its network is gone, and a pause between attempts not that it is back. Offline
      // it is tried all the same: the server may run on this machine.
      const networkChanges = ['offline', 'online']
      for (const change of networkChanges) globalThis.addEventListener?.(change, connect)
      return () => {
        for (const change of networkChanges) globalThis.removeEventListener?.(change, connect)
        stopSharing()
        workspace.disconnect()
      }
    },
    onStatus(status) {
      const parsed = parseSharedStatus(status)
      if (parsed !== null) workspace.followStatus(parsed)
    },
  })
  return () => {
    release()
    workspace.followStatus(null)
  }
}
