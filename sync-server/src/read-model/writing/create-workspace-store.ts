import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type { Kysely, Transaction } from 'kysely'
import type { Database, Tables } from '../../db/tables.ts'
import { lockLogs } from '../../log/append-transaction.ts'
import type { DocumentCipher } from '../../log/document-cipher.ts'
import { createReplicas, drop, type Slot } from '../../log/replicas/replicas.ts'
import type { LogExaminer } from '../../log/set-aside/log-examiner.ts'
import { awaitedThreadLimits, createDocumentThread } from '../../log/thread/document-thread.ts'
import { createUpdateHistory } from '../../log/update-history.ts'
import type { Seq } from '../../log/update-log.ts'
import { documentOf } from '../../log/workspace-document.ts'
import type { MemoryBudget } from '../../memory/memory-budget.ts'
import type { DocumentRoom } from '../../sync/limits/document-room.ts'
import { ROWS_VERSION } from '../indexers/indexers.ts'
import { followLog } from '../projecting/follow-log.ts'
import type { LiveWorkspace } from '../projecting/live-workspace.ts'
import { type Position, readPositions } from '../projecting/positions.ts'
import { rebuildRows } from '../projecting/rebuild-rows.ts'
import type { Committed, Draft, WorkspaceStore, WriteFailure, WriteRequest } from '../workspace-store.ts'
import { type DecidedWrite, isWorthAnotherTry, takeDrafts, writeDrafts } from './commit-drafts.ts'
import { createRecentMap } from './recent-map.ts'
import { draftOn } from './replica-draft.ts'

export interface WorkspaceStoreDeps {
  readonly db: Database
  /** Seals the log; plain without one. */
  readonly cipher?: DocumentCipher
  readonly now: () => number
  /** The memory for documents, shared with the open ones. */
  readonly memory: MemoryBudget
  /** How many bytes of heap the documents kept for further reads and writes may take. */
  readonly replicaBytes: number
  /** Whether a document may grow. */
  readonly room: Pick<DocumentRoom, 'admits' | 'takeDisk'>
  /** Tells everybody who has a document open that its log has grown to a seq. */
  readonly announce: (document: string, seq: Seq) => void
  /** Sets aside the parts of a log that cannot be taken in. */
  readonly examine: LogExaminer['examine']
  /** Ends what takes long when the process stops, with nothing of it kept. */
  readonly stopping: AbortSignal
}

const ATTEMPTS = 20
/** Of documents not written for long a new client id is one more, and no harm. */
const REMEMBERED_CLIENTS = 10_000
/** So often a write is decided beside other writers before it keeps them waiting. */
const FREE_ATTEMPTS = 3

/** How an attempt ended; `conclude` what is to be done once its transaction is committed. */
interface Attempt<Answer, Refusal> {
  readonly outcome: Result<Committed<Answer>, Refusal>
  readonly conclude: () => void
}

/** The one store of a process; any number of processes may share a database. */
export function createWorkspaceStore(deps: WorkspaceStoreDeps): WorkspaceStore {
  const { db, now, stopping } = deps
  const replicas = createReplicas<LiveWorkspace>(deps)
  const thread = createDocumentThread(awaitedThreadLimits, stopping)
  const followDeps = {
    db,
    now,
    thread,
    stopping,
    memory: deps.memory,
    historyOf: (reader: Kysely<Tables>) => createUpdateHistory(reader, deps.cipher),
  }

  /** By document the client id last written with: one for each life of a replica would pile up in the document. */
  const clients = createRecentMap<number>(REMEMBERED_CLIENTS)

  /**
   * The result of reading a log; null also if a part of the log was set aside, and it must be read again without that.
   */
  const pastFaults = async (
    slot: Slot<LiveWorkspace>,
    position: Position,
    read: () => Promise<LiveWorkspace | null>,
  ): Promise<LiveWorkspace | null> => {
    let live: LiveWorkspace | null
    try {
      live = await read()
    } catch (error) {
      if (!(await examineAll(position, error))) throw error
      drop(slot)
      return null
    }
    if (!live?.replica.hasPending) return live
    if (!(await examineAll(position, null))) {
      live.replica.dropPending()
      return live
    }
    drop(slot)
    return null
  }

  const examineAll = async ({ workspaceId, epoch }: Position, failure: unknown): Promise<boolean> => {
    // Rows are made from the logs of all epochs that are kept.
    const names = Array.from({ length: epoch }, (_, index) => documentOf(workspaceId, index + 1))
    return (await Promise.all(names.map((name) => deps.examine(name, failure)))).includes(true)
  }

  /** The workspace at its log's head; null where it does not exist. */
  const bringUp = async (slot: Slot<LiveWorkspace>): Promise<LiveWorkspace | null> => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const position = (await readPositions(db, [slot.workspaceId])).get(slot.workspaceId)
      if (position === undefined) return null
      const live = await pastFaults(slot, position, () => followLog(followDeps, slot, position))
      if (live !== null) return live
    }
    throw new Error(`the rows of ${slot.workspaceId} are rebuilt all the time`)
  }

  const catchUpOne = ({ workspaceId }: Position): Promise<void> =>
    replicas.use([workspaceId], async ([slot]) => {
      if (slot !== undefined) await bringUp(slot)
    })

  /** Decides a write on the workspaces as they stand, and commits it by `transact`; throws where it is to be tried again. */
  const attempt = async <Answer, Refusal>(
    slots: readonly Slot<LiveWorkspace>[],
    request: WriteRequest<Answer, Refusal>,
    transact: (work: (transaction: Transaction<Tables>) => Promise<void>) => Promise<void>,
  ): Promise<Attempt<Answer, Refusal | WriteFailure>> => {
    const lives = new Map<string, LiveWorkspace>()
    for (const slot of slots) {
      const live = await bringUp(slot)
      if (live === null) return refusal('unavailable')
      lives.set(slot.workspaceId, live)
      const clientId = clients.get(live.replica.name)
      if (clientId !== undefined) live.replica.writeAs(clientId)
    }
    const author = { userId: request.userId, tz: request.tz ?? 'UTC', now }
    const drafts = new Map<string, Draft>(Array.from(lives, ([id, live]) => [id, draftOn(live, author)]))
    const decided = await request.run({ get: (id) => required(drafts, id) })
    if (!decided.ok) {
      for (const slot of slots) if (slot.resident?.replica.isTouched) drop(slot)
      return refusal(decided.error)
    }
    const write = takeDrafts([...lives.values()], decided.value)
    if (!(await hasRoom(deps.room, write))) {
      for (const slot of slots) drop(slot)
      return refusal('workspace-full')
    }
    for (const { live, written } of write.changes) {
      if (!deps.room.takeDisk(request.userId, live.replica.name, written.bytes.length)) throw new TooMuchWritten()
    }
    const used = Array.from(lives.values(), ({ replica: { name, clientId } }) => ({ name, clientId }))
    // What fails may have been written all the same: its clocks must not be given to anything else.
    for (const { name } of used) clients.delete(name)
    if (write.changes.length > 0 || request.inTransaction !== undefined) {
      await transact((transaction) => writeDrafts({ transaction, stopping }, write, request, deps.cipher))
    }
    return {
      outcome: ok(write.committed),
      conclude() {
        for (const { name, clientId } of used) clients.set(name, clientId)
        for (const { live, written } of write.changes) {
          live.replica.advance(written)
          deps.announce(live.replica.name, live.seq)
        }
      },
    }
  }

  let turn: Promise<unknown> = Promise.resolve()
  /** One after the other: each holds a connection while it needs another, and a pool must not run out of them. */
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }

  /** An attempt during which nobody else appends to the workspaces' logs. */
  const attemptAlone = async <Answer, Refusal>(
    slots: readonly Slot<LiveWorkspace>[],
    request: WriteRequest<Answer, Refusal>,
  ): Promise<Attempt<Answer, Refusal | WriteFailure>> => {
    const names: string[] = []
    // Loading takes long, and nobody need wait for that.
    for (const slot of slots) {
      const live = await bringUp(slot)
      if (live === null) return refusal('unavailable')
      names.push(live.replica.name)
    }
    return inTurn(() =>
      db.transaction().execute(async (transaction) => {
        await lockLogs(transaction, names)
        return attempt(slots, request, (work) => work(transaction))
      }),
    )
  }

  return {
    async catchUp(workspaceIds) {
      if (workspaceIds.length === 0) return
      const positions = await readPositions(db, workspaceIds)
      await Promise.all(Array.from(positions.values()).filter(isBehind).map(catchUpOne))
    },

    write: (request) =>
      replicas.use(request.workspaceIds, async (slots) => {
        for (let tries = 1; tries <= ATTEMPTS; tries++) {
          try {
            const { outcome, conclude } = await (tries <= FREE_ATTEMPTS
              ? attempt(slots, request, (work) => db.transaction().execute(work))
              : attemptAlone(slots, request))
            conclude()
            return outcome
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
          if (position === undefined) return
          if ((await pastFaults(slot, position, () => rebuildRows(followDeps, slot, position))) !== null) return
        }
      }),

    async close() {
      await replicas.close()
      await thread.close()
    },
  }
}

/** Somebody appends more than people write; answered as 429. */
class TooMuchWritten extends Error {
  readonly statusCode = 429

  constructor() {
    super('more was written than people write')
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

function refusal<Refusal>(error: Refusal): Attempt<never, Refusal> {
  return { outcome: err(error), conclude: () => undefined }
}

async function hasRoom(room: Pick<DocumentRoom, 'admits'>, { changes }: DecidedWrite<unknown>): Promise<boolean> {
  for (const { live, written } of changes) {
    if (!(await room.admits(live.replica, { update: written.bytes, freed: () => written.freed }))) return false
  }
  return true
}
