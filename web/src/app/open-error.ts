import { type LocalStoreError, LocalStoreFailure, localStoreErrorFrom } from '@questlog/shared/client/ports/local-store'
import type { MessageKey } from '../i18n/translate.ts'

/** Why a log could not be opened: this device's storage, or a fault of the app. */
export type OpenError = LocalStoreError | { readonly kind: 'bug' }

/** Tells the one from the other; a fault of the app is noted in the console. */
export function openErrorFrom(cause: unknown): OpenError {
  // What IndexedDB throws by itself is a `DOMException`.
  if (cause instanceof LocalStoreFailure || cause instanceof DOMException) return localStoreErrorFrom(cause)
  console.error(cause)
  return { kind: 'bug' }
}

/** What to tell of it where an action failed for it. */
export function messageOfOpenError(error: OpenError | null): MessageKey {
  return error?.kind === 'bug' ? 'storage.bug' : 'account.error.storage'
}
