import type { TestDatabase } from '../../testing/database.ts'
import { type Lifetime, type Stopping, useDatabase, useStarted } from '../../testing/use-database.ts'
import { type RunningSync, type StartSyncOptions, startSync } from './start-sync.ts'

/** A database, and server processes on it. */
export interface SyncDatabase extends TestDatabase, Stopping {
  /** Starts a server process, which is stopped after the test. */
  start(options?: Omit<StartSyncOptions, 'pool'>): Promise<RunningSync>
}

/** Gives the tests of a file a database on which they start server processes. */
export function useSyncDatabase(lifetime?: Lifetime): SyncDatabase {
  const database = useDatabase(lifetime)
  return Object.assign(database, {
    start: async (options: Omit<StartSyncOptions, 'pool'> = {}) =>
      database.stopLater(await startSync({ pool: database.pool, ...options })),
  })
}

/** The same, with one server process that the tests find running. */
export function useSync(lifetime: Lifetime = 'test'): {
  readonly database: SyncDatabase
  readonly server: RunningSync
} {
  const database = useSyncDatabase(lifetime)
  return { database, server: useStarted(lifetime, () => startSync({ pool: database.pool })) }
}
