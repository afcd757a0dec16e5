import type { ConnectOptions, SharedStatus, Workspace } from '@questlog/shared/client/workspace'
import { refusalReason } from '@questlog/shared/protocol/documents'
import { z } from 'zod'
import { holdSocket } from './socket-owner.ts'

const clock = z.number().int().nonnegative()

// Another tab may run another version of this app until it is reloaded.
const sharedStatus: z.ZodType<SharedStatus, unknown> = z.object({
  link: z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['idle', 'waiting', 'connecting', 'joined']) }),
    z.object({ kind: z.literal('refused'), reason: refusalReason }),
  ]),
  savedAt: z.number().nullable(),
  acknowledged: z.object({ clocks: z.array(z.tuple([clock, clock])), deletions: clock }).nullable(),
  readOnly: z.boolean(),
  serverAheadMs: z.number().nullable().default(null),
  movedTo: z.string().nullable(),
})

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
      const parsed = sharedStatus.safeParse(status)
      if (parsed.success) workspace.followStatus(parsed.data)
    },
  })
  return () => {
    release()
    workspace.followStatus(null)
  }
}
