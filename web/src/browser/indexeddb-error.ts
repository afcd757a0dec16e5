import { type LocalStoreError, LocalStoreFailure } from '@questlog/shared/client/ports/local-store'

/** Maps whatever IndexedDB threw, or aborted a transaction with, to the local store's closed set of errors. */
export function localStoreErrorFrom(thrown: unknown): LocalStoreError {
  if (thrown instanceof LocalStoreFailure) return thrown.reason
  switch (thrown instanceof Error ? thrown.name : undefined) {
    case 'QuotaExceededError':
      return { kind: 'quota-exceeded' }
    // A transaction asked of a closed connection, or aborted because the browser closed it.
    case 'InvalidStateError':
    case 'AbortError':
      return { kind: 'closed' }
    default:
      return { kind: 'unavailable', cause: thrown }
  }
}

/** The local store's own failure for whatever IndexedDB threw. */
export function localStoreFailureFrom(thrown: unknown): LocalStoreFailure {
  return new LocalStoreFailure(localStoreErrorFrom(thrown))
}
