import { createHash } from 'node:crypto'
import { newId, type QuestId } from '@questlog/shared/domain/kernel/ids'
import { rebaseDocument } from '@questlog/shared/store/compact'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import * as Y from 'yjs'
import type { ServerDatabase } from './server-database.ts'

/** Appends an update to a document's log as another writer of the database would, past every check. */
export async function appendToLog(
  database: ServerDatabase,
  document: string,
  update: Uint8Array,
  userId = 'nobody',
): Promise<void> {
  const epoch = Number(document.split(':').at(-1))
  const [head] = await database.query(
    `insert into doc_heads as head (doc, seq, epoch) values ($1, 1, $2)
     on conflict (doc) do update set seq = head.seq + 1 returning seq`,
    [document, epoch],
  )
  await database.query('insert into doc_updates (doc, seq, bytes, sha256, user_id) values ($1, $2, $3, $4, $5)', [
    document,
    head?.seq,
    Buffer.from(update),
    createHash('sha256').update(update).digest(),
    userId,
  ])
}

/** The document as its log has it. */
export async function readLog(database: ServerDatabase, document: string): Promise<Y.Doc> {
  const doc = new Y.Doc()
  for (const table of ['doc_snapshots', 'doc_updates']) {
    const rows = await database.query(`select bytes from ${table} where doc = $1 order by seq`, [document])
    for (const { bytes } of rows) if (Buffer.isBuffer(bytes)) Y.applyUpdate(doc, bytes)
  }
  return doc
}

/** Moves a document into a new one under the next epoch, as the server does; returns its name. */
export async function rebase(database: ServerDatabase, document: string): Promise<string> {
  const [kind, id, epoch] = document.split(':')
  const next = `${kind}:${id}:${Number(epoch) + 1}`
  await database.query('update doc_heads set final_seq = seq, ended_at = now() where doc = $1', [document])
  await appendToLog(database, next, Y.encodeStateAsUpdate(rebaseDocument(await readLog(database, document))))
  return next
}

/** An update with one element that no version of the app reads as an entry. */
export function unreadableUpdate(): Uint8Array {
  const doc = new Y.Doc()
  doc.getArray('quests').push([{ title: 'Unreadable' }])
  return Y.encodeStateAsUpdate(doc)
}

/** An update with one quest, as another device of the same version writes it; under a client id of its own unless given. */
export function updateWithQuest(title: string, clientId?: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = clientId ?? doc.clientID
  const patch = { title, createdAt: Date.now(), rank: 'a0' }
  openQuestDocument(doc, { now: Date.now }).write([{ table: 'quests', id: newId<QuestId>(), patch }])
  return Y.encodeStateAsUpdate(doc)
}
