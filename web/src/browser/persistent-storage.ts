/** Whether the browser may throw this site's data away when the disk runs low, and how much room there is. */
export interface StorageReport {
  readonly persistent: boolean
  /** Bytes in use and at most allowed; null where the browser does not tell. */
  readonly usageBytes: number | null
  readonly quotaBytes: number | null
}

function storageManager(): StorageManager | null {
  // Absent outside secure contexts, whatever the type says.
  return globalThis.navigator?.storage ?? null
}

let isAsked = false
const answer = Promise.withResolvers<boolean>()

/** Resolves with whether the browser keeps the data, once it was asked. */
export const persistentStorageAnswer = answer.promise

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

/** What the browser says about this site's storage now. */
export async function storageReport(): Promise<StorageReport> {
  const storage = storageManager()
  if (!storage?.estimate) return { persistent: false, usageBytes: null, quotaBytes: null }
  const [persistent, estimate] = await Promise.all([storage.persisted?.() ?? false, storage.estimate()])
  return { persistent, usageBytes: estimate.usage ?? null, quotaBytes: estimate.quota ?? null }
}
