import { pino } from 'pino'
import { ulid } from 'ulidx'
import { createInProcessBus } from '../../bus/in-process-bus.ts'
import { type Database, openQueries } from '../../db/tables.ts'
import { createFollower } from '../../follower/create-follower.ts'
import { followBus } from '../../follower/follow-bus.ts'
import { createMemoryBudget } from '../../memory/memory-budget.ts'
import { Stopping } from '../../process/stopping.ts'
import { defaultSyncLimits } from '../../sync/limits/sync-limits.ts'
import { type RunningSync, type StartSyncOptions, startSync } from '../../sync/testing/start-sync.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import { followRows } from '../follow-rows.ts'
import type { WorkspaceStore } from '../workspace-store.ts'
import { createWorkspaceStore } from '../writing/create-workspace-store.ts'

/** A server process as far as workspaces go: sockets and store over one log. */
export interface RunningStore {
  readonly sync: RunningSync
  readonly store: WorkspaceStore
  /** May be called again. */
  stop(): Promise<void>
}

export interface StartStoreOptions extends Pick<StartSyncOptions, 'bus' | 'limits' | 'cipher'> {
  readonly replicaBytes?: number
  /** Whether rows follow by themselves; else they do only when a test asks for it. */
  readonly isFollowing?: boolean
}

/** Starts one on a database that others may share. */
export async function startStore(pool: TestDatabase['pool'], options: StartStoreOptions = {}): Promise<RunningStore> {
  const stopping = new AbortController()
  const { signal } = stopping
  const memory = createMemoryBudget({
    totalBytes: options.limits?.openDocumentBytes ?? defaultSyncLimits.openDocumentBytes,
  })
  const store = createWorkspaceStore({
    memory,
    stopping: signal,
    db: openQueries(pool),
    ...(options.cipher && { cipher: options.cipher }),
    now: Date.now,
    replicaBytes: options.replicaBytes ?? 1_000_000,
    room: {
      admits: (document, growth) => sync.sync.room.admits(document, growth),
      takeDisk: (userId, document, bytes) => sync.sync.room.takeDisk(userId, document, bytes),
    },
    announce: (document, seq) => sync.sync.announce(document, seq),
    examine: (document, failure) => sync.sync.examine(document, failure),
  })
  const steps = options.isFollowing === true ? [followRows({ db: openQueries(pool), store })] : []
  const follower = createFollower({ steps, logger: pino({ level: 'silent' }), stopping: signal })
  const sync = await startSync({
    pool,
    memory,
    stopping: signal,
    ...options,
    bus: followBus(options.bus ?? createInProcessBus(), follower),
    beforeTrim: (document) => store.catchUp([document.split(':')[1] ?? '']),
  })
  const stop = async (): Promise<void> => {
    stopping.abort(new Stopping())
    await sync.stop()
    await follower.stop()
    await store.close()
  }
  follower.lookAround()
  let stopped: Promise<void> | undefined
  return {
    sync,
    store,
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}

/** A database with a user and workspaces of theirs. */
export interface StoreDatabase extends TestDatabase {
  readonly db: Database
  readonly userId: string
  newWorkspace(): Promise<string>
}

/** Makes one; `drop` it at the end. */
export async function createStoreDatabase(): Promise<StoreDatabase> {
  const database = await createTestDatabase()
  const db = openQueries(database.pool)
  const userId = ulid()
  await database.pool.query(
    `insert into users (id, email, display_name, password_hash, created_at) values ($1, $1, 'Ann', '', now())`,
    [userId],
  )
  return {
    ...database,
    db,
    userId,
    async newWorkspace() {
      const id = ulid()
      await database.pool.query(
        `insert into workspaces (id, kind, name, created_by, created_at) values ($1, 'party', 'Work', $2, now())`,
        [id, userId],
      )
      return id
    },
  }
}
