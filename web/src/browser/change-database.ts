import type { ChangeKey, SeenChange } from '@questlog/shared/client/ports/change-log'
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { deleteDatabase } from './delete-database.ts'

interface ChangeSchema extends DBSchema {
  /** Under their keys, so that the oldest come first and tabs cannot keep the same one twice. */
  changes: { key: ChangeKeyArray; value: SeenChange; indexes: { quest: string } }
}

type ChangeKeyArray = [...ChangeKey]
export type ChangeDatabase = IDBPDatabase<ChangeSchema>

// Not below `questlog/`, where each name is a document's.
const nameOf = (workspaceId: string) => `questlog-history/${workspaceId}`

/** Opens the database of a workspace's history; `onLost` is called once another tab deletes it or the browser closes it. */
export function openChangeDatabase(workspaceId: string, onLost: () => void): Promise<ChangeDatabase> {
  return openDB<ChangeSchema>(nameOf(workspaceId), 1, {
    upgrade(database) {
      database.createObjectStore('changes').createIndex('quest', 'questId')
    },
    blocking(_current, _wanted, event) {
      if (event.target instanceof IDBDatabase) event.target.close()
      onLost()
    },
    terminated: onLost,
  })
}

/** Removes a workspace's history from this device. */
export function deleteChangeDatabase(workspaceId: string): Promise<void> {
  return deleteDatabase(nameOf(workspaceId))
}
