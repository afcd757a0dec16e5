import type { SocketOwner } from '@questlog/shared/client/ports/socket-owner'
import { connectInOneWindow } from '@questlog/shared/client/session/connect-in-one-window'
import type { ConnectOptions } from '@questlog/shared/client/sync/connect-options'
import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import { holdSocket } from './socket-owner.ts'

const networkChanges = ['offline', 'online']

/** Who owns a socket among the tabs of this browser. */
export const webSocketOwner: SocketOwner = {
  hold: holdSocket,
  onNetworkChange(listener) {
    for (const change of networkChanges) globalThis.addEventListener?.(change, listener)
    return () => {
      for (const change of networkChanges) globalThis.removeEventListener?.(change, listener)
    }
  },
}

/** Connects a workspace in exactly one tab of this browser; returns the way to stop. */
export function connectAcrossTabs(workspace: Workspace, options: ConnectOptions): () => void {
  return connectInOneWindow(webSocketOwner, workspace, options)
}
