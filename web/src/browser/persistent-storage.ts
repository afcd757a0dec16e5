import type { StorageKeeping, StorageReport } from '@questlog/shared/client/ports/storage-keeping'

function storageManager(): StorageManager | null {
  // Absent outside secure contexts, whatever the type says.
  return globalThis.navigator?.storage ?? null
}

let isAsked = false
const answer = Promise.withResolvers<boolean>()

/** What this browser says about the site's storage. */
export const webStorageKeeping: StorageKeeping = { isKept: answer.promise, report }

/**
 * Asks the browser to keep this site's data until the person removes it; at most once in a run, since a browser may
 * show a prompt. Call after the first edit: before it there is nothing to keep.
 */
export function askForPersistentStorage(): void {
  if (isAsked) return
  isAsked = true
  answer.resolve(ask())
}

async function ask(): Promise<boolean> {
  const storage = storageManager()
  if (!storage?.persist) return false
  // Firefox rejects where a policy forbids asking: the same as a no.
  return (await storage.persisted()) || storage.persist().catch(() => false)
}

async function report(): Promise<StorageReport> {
  const storage = storageManager()
  if (!storage?.estimate) return { persistent: false, usageBytes: null, quotaBytes: null }
  const [persistent, estimate] = await Promise.all([storage.persisted?.() ?? false, storage.estimate()])
  return { persistent, usageBytes: estimate.usage ?? null, quotaBytes: estimate.quota ?? null }
}
