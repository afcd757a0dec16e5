import { documentTask } from '../thread/document-task.ts'
import '@questlog/shared/store/lean-yjs'
import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { TABLE_NAMES } from '@questlog/shared/domain/kernel/record-write'
import type { FoldedRecord } from '@questlog/shared/store/fold'
import { NOTE_PREFIX } from '@questlog/shared/store/note-stream'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import * as Y from 'yjs'

/** A record of a document as it was, or the text of a quest's notes under the quest's id. */
export type PastItem =
  | readonly [table: string, id: string, record: FoldedRecord]
  | readonly [table: 'notes', id: string, text: string]

const ITEMS_PER_PIECE = 500

/**
 * Every visible record and every note that is not empty in the document that updates make, as JSON arrays of `PastItem`
 * in pieces: a thread passes them on as bytes, and their reader can pause after each.
 */
export function pastRecords(updates: readonly Uint8Array[]): readonly Uint8Array[] {
  const doc = new Y.Doc({ gc: true })
  const document = openQuestDocument(doc, { now: Date.now })
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  const encoder = new TextEncoder()
  const pieces: Uint8Array[] = []
  let items: PastItem[] = []
  const add = (item: PastItem): void => {
    items.push(item)
    if (items.length >= ITEMS_PER_PIECE) flush()
  }
  const flush = (): void => {
    if (items.length > 0) pieces.push(encoder.encode(JSON.stringify(items)))
    items = []
  }
  for (const table of TABLE_NAMES) document.visit(table, (id, record) => add([table, id, record]))
  for (const name of [...doc.share.keys()]) {
    if (!name.startsWith(NOTE_PREFIX)) continue
    const id = name.slice(NOTE_PREFIX.length)
    const text = document.note(id as QuestId).toString()
    if (text !== '') add(['notes', id, text])
  }
  flush()
  document.destroy()
  doc.destroy()
  return pieces
}

/** `pastRecords` in a thread. */
export const pastTask = documentTask(import.meta.url, pastRecords)
