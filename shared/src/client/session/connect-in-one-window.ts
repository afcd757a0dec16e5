import {
  isBoolean,
  isEither,
  isMissingOr,
  isNullOr,
  isNumber,
  isOneOf,
  isShape,
  isString,
} from '../../domain/kernel/value-shape.ts'
import { isRefusalReason } from '../../protocol/documents.ts'
import type { SocketOwner } from '../ports/socket-owner.ts'
import type { ConnectOptions } from '../sync/connect-options.ts'
import { isAcknowledged } from '../sync/saved-tracker.ts'
import type { SharedStatus } from '../sync/shared-status.ts'
import type { Workspace } from '../workspace/workspace.ts'

// Another window may run another version of this app until it is loaded again.
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
 * Connects a workspace in exactly one window of this device and shows that window's standing in the others; returns the
 * way to stop. The window that takes over from a closed or frozen one connects by itself.
 */
export function connectInOneWindow(owner: SocketOwner, workspace: Workspace, options: ConnectOptions): () => void {
  const release = owner.hold(workspace.ref.documentName, {
    onOwned(publish) {
      const connect = () => workspace.connect(options)
      connect()
      const stopSharing = workspace.shareStatus(publish)
      // A socket does not notice that its network is gone, and a pause between attempts not that it is back. Offline
      // it is tried all the same: the server may run on this machine.
      const stopListening = owner.onNetworkChange(connect)
      return () => {
        stopListening()
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
