import { LocalStoreFailure } from '@questlog/shared/client/ports/local-store'
import { deleteDB } from 'idb'

// A tab that gives way still ends what it is writing.
const PATIENCE_MS = 5_000

/**
 * Deletes an IndexedDB database; other tabs' connections are asked to give way first. Rejects with a `LocalStoreFailure`
 * when one of them does not within seconds, and the browser deletes it once that tab is gone.
 */
export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let patience: ReturnType<typeof setTimeout> | undefined
    const deletion = deleteDB(name, {
      blocked() {
        patience = setTimeout(() => reject(new LocalStoreFailure({ kind: 'blocked' })), PATIENCE_MS)
      },
    })
    deletion.then(resolve, reject).finally(() => clearTimeout(patience))
  })
}
