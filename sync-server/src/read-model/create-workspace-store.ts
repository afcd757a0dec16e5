import { err, ok } from '@questlog/shared/domain/result'
import type { Kysely } from 'kysely'
import type { Database, Tables } from '../db/tables.ts'
import type { DocumentCipher } from '../sync/log/document-cipher.ts'
import { createUpdateHistory } from '../sync/log/update-history.ts'
import type { Seq } from '../sync/log/update-log.ts'
import { createReplicas, drop, type Slot } from '../sync/replicas/replicas.ts'
import { commitDrafts, isWorthAnotherTry } from './commit-drafts.ts'
import { ROWS_VERSION } from './indexers/indexers.ts'
import type { LiveWorkspace } from './live-workspace.ts'
import { followLog } from './projecting/follow-log.ts'
import { type Position, readPositions } from './projecting/positions.ts'
import { rebuildRows } from './projecting/rebuild-rows.ts'
import { draftOn } from './replica-draft.ts'
import type { Committed, Draft, WorkspaceStore, WriteRequest } from './workspace-store.ts'

export interface WorkspaceStoreDeps {
  readonly db: Database
  /** Seals the log; plain without one. */
  readonly cipher?: DocumentCipher
  readonly now: () => number
  /** How many encoded bytes of documents are kept in memory to read and write on. */
  readonly replicaBytes: number
  /** Tells everybody who has a document open that its log has grown to a seq. */
  readonly announce: (document: string, seq: Seq) => void
}

const ATTEMPTS = 20

/** The one store of a process; any number of processes may share a database. */
export function createWorkspaceStore(deps: WorkspaceStoreDeps): WorkspaceStore {
  const { db, now } = deps
  const replicas = createReplicas<LiveWorkspace>(deps)
  const followDeps = { db, now, historyOf: (reader: Kysely<Tables>) => createUpdateHistory(reader, deps.cipher) }

  /** By document the client id last written with: one for each life of a replica would pile up in the document. */
  const clients = new Map<string, number>()

  /** The workspace at its log's head; null where it does not exist. */
  const bringUp = async (slot: Slot<LiveWorkspace>): Promise<LiveWorkspace | null> => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const position = (await readPositions(db, [slot.workspaceId])).get(slot.workspaceId)
      if (position === undefined) return null
      const live = await followLog(followDeps, slot, position)
      if (live !== null) return live
    }
    throw new Error(`the rows of ${slot.workspaceId} are made anew all the time`)
  }

  const catchUpOne = ({ workspaceId }: Position): Promise<void> =>
    replicas.use([workspaceId], async ([slot]) => {
      if (slot !== undefined) await bringUp(slot)
    })

  const commit = async <Answer, Refusal>(
    lives: ReadonlyMap<string, LiveWorkspace>,
    request: WriteRequest<Answer, Refusal>,
    answer: Answer,
  ): Promise<Committed<Answer> | 'moved'> => {
    const used = Array.from(lives.values(), ({ replica: { name, clientId } }) => ({ name, clientId }))
    // What fails may have been written all the same: its clocks must not be given to anything else.
    for (const { name } of used) clients.delete(name)
    const committed = await commitDrafts(deps, [...lives.values()], request, answer)
    for (const { name, clientId } of used) clients.set(name, clientId)
    return committed
  }

  return {
    async catchUp(workspaceIds) {
      if (workspaceIds.length === 0) return
      const positions = await readPositions(db, workspaceIds)
      await Promise.all(Array.from(positions.values()).filter(isBehind).map(catchUpOne))
    },

    write: (request) =>
      replicas.use(request.workspaceIds, async (slots) => {
        for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
          const lives = new Map<string, LiveWorkspace>()
          for (const slot of slots) {
            const live = await bringUp(slot)
            if (live === null) return err('unavailable')
            lives.set(slot.workspaceId, live)
            const clientId = clients.get(live.replica.name)
            if (clientId !== undefined) live.replica.writeAs(clientId)
          }
          const author = { userId: request.userId, tz: request.tz ?? 'UTC', now }
          const drafts = new Map<string, Draft>(Array.from(lives, ([id, live]) => [id, draftOn(live, author)]))
          const decided = await request.run({ get: (id) => required(drafts, id) })
          if (!decided.ok) {
            for (const slot of slots) if (slot.resident?.replica.isTouched) drop(slot)
            return decided
          }
          try {
            const committed = await commit(lives, request, decided.value)
            if (committed !== 'moved') return ok(committed)
          } catch (error) {
            if (!isWorthAnotherTry(error)) throw error
          }
          for (const slot of slots) drop(slot)
        }
        return err('unavailable')
      }),

    rebuild: (workspaceId) =>
      replicas.use([workspaceId], async ([slot]) => {
        for (let attempt = 1; slot !== undefined && attempt <= ATTEMPTS; attempt++) {
          const position = (await readPositions(db, [workspaceId])).get(workspaceId)
          if (position === undefined || (await rebuildRows(followDeps, slot, position)) !== null) return
        }
      }),

    close: () => replicas.close(),
  }
}

function isBehind({ epoch, head, cursor }: Position): boolean {
  if (cursor === null) return head > 0
  return cursor.epoch !== epoch || cursor.seq < head || cursor.version < ROWS_VERSION
}

function required(drafts: ReadonlyMap<string, Draft>, workspaceId: string): Draft {
  const draft = drafts.get(workspaceId)
  if (draft === undefined) throw new Error(`this write has no draft of ${workspaceId}`)
  return draft
}
