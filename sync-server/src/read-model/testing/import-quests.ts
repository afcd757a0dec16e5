import { newId, type QuestId } from '@questlog/shared/domain/kernel/ids'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import type pg from 'pg'
import * as Y from 'yjs'
import { createPostgresLog } from '../../log/postgres-log.ts'
import type { PendingUpdate } from '../../log/update-log.ts'

/** Appends so many quests to a workspace's log, as updates with `perUpdate` of them each, and tells nobody. */
export async function importQuests(
  pool: pg.Pool,
  workspaceId: string,
  { count, perUpdate }: { readonly count: number; readonly perUpdate: number },
): Promise<void> {
  const document = `w:${workspaceId}:1`
  const updates: PendingUpdate[] = []
  const doc = new Y.Doc()
  const quests = openQuestDocument(doc, { now: Date.now })
  doc.on('update', (bytes: Uint8Array) =>
    updates.push({ document, bytes, userId: 'ann', clientId: doc.clientID, claims: [doc.clientID] }),
  )
  for (let from = 0; from < count; from += perUpdate) {
    const numbers = Array.from({ length: perUpdate }, (_, index) => from + index)
    quests.write(
      numbers.map((n) => ({ table: 'quests', id: newId<QuestId>(), patch: { title: `Quest ${n}`, createdAt: n } })),
    )
  }
  quests.destroy()
  await createPostgresLog(pool).commitBatch(updates)
}

/** Has every statement that writes quests take longer by so many seconds. */
export async function slowDownWriters(pool: pg.Pool, seconds: number): Promise<void> {
  await pool.query(`create function dawdle() returns trigger language plpgsql as
    $$ begin perform pg_sleep(${seconds}); return null; end $$`)
  await pool.query('create trigger dawdle after insert on quests execute function dawdle()')
}

/** Whether somebody is at such a statement. */
export async function isWriterAtWork(pool: pg.Pool): Promise<boolean> {
  const sleeping = "select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'"
  return (await pool.query(sleeping)).rowCount !== 0
}
