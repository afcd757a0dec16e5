import { type ChangeKey, changeKey, judgeChange, type SeenChange } from '@questlog/shared/client/ports/change-log'
import type { ChangeDatabase } from './change-database.ts'

/** How much of a history is kept. */
export interface ChangeBounds {
  readonly maxRows: number
  /** Characters of the rows as JSON, which is about what they take on disk. */
  readonly maxCharacters: number
}

/** Keeps rows in one transaction, which the browser finishes by itself should this page go away now. */
export async function writeChanges(database: ChangeDatabase, changes: readonly SeenChange[]): Promise<void> {
  const transaction = database.transaction('changes', 'readwrite', { durability: 'relaxed' })
  const writes = changes.map((change) => transaction.store.put(change, [...changeKey(change)]))
  transaction.commit()
  await Promise.all([...writes, transaction.done])
}

/** Completes changes by what is kept around them; those that only seem to have lost are left out. */
export async function judgeChanges(
  database: ChangeDatabase,
  changes: readonly SeenChange[],
): Promise<readonly SeenChange[]> {
  const { store } = database.transaction('changes', 'readonly')
  const judged = await Promise.all(
    changes.map((change) =>
      judgeChange(change, {
        async own(stamp, table, id) {
          const keys = await store.getAllKeys(IDBKeyRange.bound([stamp, table, id], [stamp, table, id, []]))
          return keys.some((key) => key[4] === 'own')
        },
        async field(stamp, table, id, path) {
          const rows = await store.getAll(IDBKeyRange.bound([stamp, table, id, path], [stamp, table, id, path, []]))
          return rows.find((row) => row.change !== 'lost')
        },
      }),
    ),
  )
  return judged.filter((change) => change !== null)
}

/** All rows of a quest, the latest first. */
export async function readQuestChanges(database: ChangeDatabase, questId: string): Promise<readonly SeenChange[]> {
  const rows = await database.getAllFromIndex('changes', 'quest', questId)
  return judgeChanges(database, rows.reverse())
}

/** Up to `limit` rows before a key, the latest first, and the key of the last one. */
export async function readLatestChanges(
  database: ChangeDatabase,
  limit: number,
  before: ChangeKey | null,
): Promise<{ readonly changes: readonly SeenChange[]; readonly next: ChangeKey | null }> {
  const rows: SeenChange[] = []
  const range = before === null ? null : IDBKeyRange.upperBound([...before], true)
  let cursor = await database.transaction('changes', 'readonly').store.openCursor(range, 'prev')
  while (cursor !== null && rows.length < limit) {
    rows.push(cursor.value)
    cursor = await cursor.continue()
  }
  const last = rows.at(-1)
  const next = cursor === null || last === undefined ? null : changeKey(last)
  return { changes: await judgeChanges(database, rows), next }
}

/** Drops the oldest rows beyond the bounds. */
export async function trimChanges(database: ChangeDatabase, bounds: ChangeBounds): Promise<void> {
  const transaction = database.transaction('changes', 'readwrite', { durability: 'relaxed' })
  let [rows, characters] = [0, 0]
  let cursor = await transaction.store.openCursor(null, 'prev')
  while (cursor !== null) {
    rows += 1
    characters += JSON.stringify(cursor.value).length
    if (rows > bounds.maxRows || characters > bounds.maxCharacters) {
      await transaction.store.delete(IDBKeyRange.upperBound(cursor.key))
      break
    }
    cursor = await cursor.continue()
  }
  await transaction.done
}
