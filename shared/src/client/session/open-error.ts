import type { Faults } from '../ports/faults.ts'
import { type LocalStoreError, LocalStoreFailure, localStoreErrorFrom } from '../ports/local-store.ts'

/** Why a log could not be opened: this device's storage, or a fault of the app. */
export type OpenError = LocalStoreError | { readonly kind: 'bug' }

/** Tells the one from the other; a fault of the app is reported. */
export function openErrorFrom(cause: unknown, faults: Faults): OpenError {
  if (cause instanceof LocalStoreFailure || faults.isOfStorage(cause)) return localStoreErrorFrom(cause)
  faults.report(cause)
  return { kind: 'bug' }
}
