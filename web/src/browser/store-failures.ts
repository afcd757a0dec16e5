import type { LocalStoreError } from '@questlog/shared/client/ports/local-store'
import { localStoreErrorFrom } from './indexeddb-error.ts'

/** What a store has failed with, and who wants to hear of it. */
export interface StoreFailures {
  /** The failure that blocks writing, or null while edits reach the disk. */
  current(): LocalStoreError | null
  /** Blocks writing; the first failure stands until it is cleared. */
  fail(thrown: unknown): void
  clear(): void
  /** Tells that rows were set aside, which blocks nothing. */
  setAside(rows: number): void
  /** Calls back on each failure, one already met included; returns an unsubscribe. */
  onError(listener: (error: LocalStoreError) => void): () => void
}

/** Starts without a failure. */
export function createStoreFailures(): StoreFailures {
  const listeners = new Set<(error: LocalStoreError) => void>()
  let failure: LocalStoreError | null = null
  let quarantined: LocalStoreError | null = null

  function report(error: LocalStoreError): void {
    for (const listener of listeners) listener(error)
  }

  return {
    current: () => failure,
    fail(thrown) {
      if (failure !== null) return
      failure = localStoreErrorFrom(thrown)
      report(failure)
    },
    clear() {
      failure = null
    },
    setAside(rows) {
      quarantined = { kind: 'corrupt', quarantinedRows: rows }
      report(quarantined)
    },
    onError(listener) {
      listeners.add(listener)
      for (const met of [quarantined, failure]) if (met !== null) listener(met)
      return () => listeners.delete(listener)
    },
  }
}
