import { LocalStoreFailure } from '@questlog/shared/client/ports/local-store'
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { deleteDatabase } from './delete-database.ts'

/** A row that could not be decoded, kept for a person to look at. */
export interface QuarantinedRow {
  readonly row: unknown
  readonly quarantinedAt: number
}

/** y-indexeddb's layout (`updates` and `custom`), so that its databases open here, and one store more. */
export interface DocumentSchema extends DBSchema {
  updates: { key: number; value: unknown }
  custom: { key: string; value: unknown }
  quarantine: { key: number; value: QuarantinedRow }
}

export type DocumentDatabase = IDBPDatabase<DocumentSchema>

// y-indexeddb makes version 1, which lacks `quarantine`.
const schemaVersion = 2

/** The name of the IndexedDB database that holds a document. */
export function databaseNameOf(documentName: string): string {
  return `questlog/${documentName}`
}

/** Why a connection is gone: another tab removes the database, or it is closed by a newer schema or the browser. */
export type LostConnection = 'removed' | 'closed'

/**
 * Opens a document's database, creating what is missing. `onLost` is called once the connection is gone. Rejects with a
 * `LocalStoreFailure` when blocked by a connection that does not give way, and with IndexedDB's own error otherwise.
 */
export function openDocumentDatabase(
  documentName: string,
  onLost: (how: LostConnection) => void,
): Promise<DocumentDatabase> {
  return new Promise((resolve, reject) => {
    let blocked = false
    openDB<DocumentSchema>(databaseNameOf(documentName), schemaVersion, {
      upgrade(database) {
        const stores = database.objectStoreNames
        if (!stores.contains('updates')) database.createObjectStore('updates', { autoIncrement: true })
        if (!stores.contains('custom')) database.createObjectStore('custom')
        if (!stores.contains('quarantine')) database.createObjectStore('quarantine', { autoIncrement: true })
      },
      blocked() {
        blocked = true
        reject(new LocalStoreFailure({ kind: 'blocked' }))
      },
      blocking(_current, wanted, event) {
        if (event.target instanceof IDBDatabase) event.target.close()
        onLost(wanted === null ? 'removed' : 'closed')
      },
      terminated: () => onLost('closed'),
    }).then((database) => {
      // The request stays queued after `blocked`; nobody waits for its connection any more.
      if (blocked) database.close()
      else resolve(database)
    }, reject)
  })
}

/** Deletes a document's database; other tabs' connections are asked to give way first. */
export function deleteDocumentDatabase(documentName: string): Promise<void> {
  return deleteDatabase(databaseNameOf(documentName))
}

/** The names of all documents that have a database on this device, whatever the registry says. */
export async function documentsOnDevice(): Promise<string[]> {
  const prefix = databaseNameOf('')
  const databases = await indexedDB.databases()
  return databases.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []))
}
