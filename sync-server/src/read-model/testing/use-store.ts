import { type Lifetime, type Stopping, useDatabase, useStarted } from '../../testing/use-database.ts'
import {
  createStoreDatabase,
  type RunningStore,
  type StartStoreOptions,
  type StoreDatabase,
  startStore,
} from './start-store.ts'

/** A database with a user, and server processes with stores on it. */
export interface StoreProcesses extends StoreDatabase, Stopping {
  /** Starts a server process, which is stopped after the test. */
  start(options?: StartStoreOptions): Promise<RunningStore>
}

/** Gives the tests of a file a database on which they start server processes. */
export function useStoreDatabase(lifetime: Lifetime = 'test'): StoreProcesses {
  const database = useDatabase(lifetime, createStoreDatabase)
  return Object.assign(database, {
    start: async (options?: StartStoreOptions) => database.stopLater(await startStore(database.pool, options)),
  })
}

/** The same, with one server process that the tests find running. */
export function useStore(
  options: StartStoreOptions = {},
  lifetime: Lifetime = 'test',
): { readonly database: StoreProcesses; readonly server: RunningStore } {
  const database = useStoreDatabase(lifetime)
  return { database, server: useStarted(lifetime, () => startStore(database.pool, options)) }
}
