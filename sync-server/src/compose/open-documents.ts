import { parseDocumentName } from '@questlog/shared/protocol/documents'
import type pg from 'pg'
import { payerOf } from '../access/payer-of.ts'
import type { Authenticate } from '../auth/authenticate.ts'
import type { Bus } from '../bus/bus.ts'
import type { Config } from '../config/config.ts'
import type { Database } from '../db/tables.ts'
import { createFollower } from '../follower/create-follower.ts'
import { followBus } from '../follower/follow-bus.ts'
import { createSocketAddress, proxyTrust } from '../http/socket-address.ts'
import { keepDocumentsSealed, openDocumentCipher } from '../log/document-keys.ts'
import { backgroundThreadLimits, createDocumentThread, type DocumentThread } from '../log/thread/document-thread.ts'
import { createUpdateHistory, type UpdateHistory } from '../log/update-history.ts'
import { createMemoryBudget, type MemoryBudget } from '../memory/memory-budget.ts'
import type { FaultPoint } from '../process/fault-point.ts'
import { followRows } from '../read-model/follow-rows.ts'
import type { WorkspaceStore } from '../read-model/workspace-store.ts'
import { createWorkspaceStore } from '../read-model/writing/create-workspace-store.ts'
import type { Sync } from '../sync/sync.ts'
import { authorize, currentRoles } from '../workspaces/authorize.ts'
import { createSync } from './create-sync.ts'
import type { StoppablePlatform } from './platform.ts'
import { syncLimits } from './sync-limits.ts'

/** Documents as sockets and requests work on them. */
export interface OpenDocuments {
  readonly sync: Sync
  readonly store: WorkspaceStore
  readonly history: UpdateHistory
  /** The budget that documents in memory are counted in. */
  readonly memory: MemoryBudget
  /** For reading documents as they were. */
  readonly thread: DocumentThread
}

interface DocumentsDeps extends StoppablePlatform {
  readonly pool: pg.Pool
  readonly db: Database
  readonly bus: Bus
  readonly monotonicMs: () => number
  readonly authenticate: Authenticate
  readonly faultPoint: FaultPoint
}

/** Opens the log, the sync core and the read model over it. `sync.drain` comes before the stack is disposed. */
export async function openDocuments(
  config: Config,
  deps: DocumentsDeps,
  stack: AsyncDisposableStack,
): Promise<OpenDocuments> {
  const { pool, db } = deps
  const limits = syncLimits(config)
  const shared = {
    ...deps,
    cipher: await openDocumentCipher(pool, config.documentKeys),
    memory: createMemoryBudget({ totalBytes: limits.openDocumentBytes }),
  }
  // Each asks the other, though not before both are there.
  const store = createWorkspaceStore({
    ...shared,
    replicaBytes: limits.replicaBytes,
    room: {
      admits: (document, growth) => sync.room.admits(document, growth),
      takeDisk: (userId, document, bytes) => sync.room.takeDisk(userId, document, bytes),
    },
    announce: (document, seq) => sync.announce(document, seq),
    examine: (document, failure) => sync.examine(document, failure),
  })
  stack.defer(() => store.close())
  const follower = createFollower({ ...deps, steps: [followRows({ db, store })] })
  stack.defer(() => follower.stop())
  const thread = createDocumentThread(backgroundThreadLimits, deps.stopping)
  stack.defer(() => thread.close())
  const sync = createSync({
    ...shared,
    bus: followBus(deps.bus, follower),
    limits,
    payerOf: (documentName) => payerOf(db, documentName),
    addressOf: createSocketAddress(proxyTrust(config.trustProxy)),
    authorize: (userId, documentName) => authorize(db, userId, documentName),
    currentRoles: (opened) => currentRoles(db, opened),
    beforeTrim: async (documentName) => {
      const document = parseDocumentName(documentName)
      if (document?.kind === 'workspace') await store.catchUp([document.id])
    },
  })
  follower.lookAround()
  stack.defer(keepDocumentsSealed({ ...shared, examine: sync.examine }))
  return { sync, store, history: createUpdateHistory(db, shared.cipher), memory: shared.memory, thread }
}
