import { rebaseDocument } from '@questlog/shared/store/compact'
import { documentTask } from '../../log/thread/document-task.ts'
import '@questlog/shared/store/lean-yjs'
import { TABLE_NAMES } from '@questlog/shared/domain/kernel/record-write'
import { isSameRecord } from '@questlog/shared/store/fold'
import { NOTE_PREFIX } from '@questlog/shared/store/note-stream'
import { openQuestDocument, type QuestDocument } from '@questlog/shared/store/quest-document'
import * as Y from 'yjs'
import { hasPending } from '../../log/updates/pending.ts'

/** A document as its epoch ends, and as the next epoch begins. */
export interface RebasedDocument {
  /** How many client ids it had. */
  readonly clientIds: number
  /** The document as it was, in as few bytes as it takes. */
  readonly final: Uint8Array
  /** The document that has the same records and notes, and its client ids. */
  readonly begun: Uint8Array
  readonly begunClientIds: readonly number[]
}

/**
 * Makes the next epoch's document from all updates of one, and proves that it holds the same: throws if a record or a
 * note reads differently, or if parts are missing.
 */
export function rebaseUpdates(updates: readonly Uint8Array[]): RebasedDocument {
  const old = loaded(updates)
  if (hasPending(old)) throw new Error('parts of the document are missing')
  const begun = Y.encodeStateAsUpdate(rebaseDocument(old))
  // What is compared is what the log will give back.
  const again = loaded([begun])
  const different = findDifference(old, again)
  if (different !== null) throw new Error(`the next epoch would have a different ${different}`)
  return {
    clientIds: old.store.clients.size,
    final: Y.encodeStateAsUpdate(old),
    begun,
    begunClientIds: [...again.store.clients.keys()],
  }
}

/** `rebaseUpdates` in a thread. */
export const rebaseTask = documentTask(import.meta.url, rebaseUpdates)

function loaded(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc({ gc: true })
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  return doc
}

/** Names a record or note that differs between two documents; null if all is the same. */
export function findDifference(one: Y.Doc, other: Y.Doc): string | null {
  const [first, second] = [one, other].map((doc) => openQuestDocument(doc, { now: () => 0 })) as [
    QuestDocument,
    QuestDocument,
  ]
  for (const table of TABLE_NAMES) {
    const unmatched = new Set(second.ids(table))
    for (const id of first.ids(table)) {
      const [before, after] = [first.record(table, id), second.record(table, id)]
      if (before === undefined || after === undefined || !isSameRecord(before, after)) return `record ${table} ${id}`
      unmatched.delete(id)
    }
    for (const id of unmatched) return `record ${table} ${id}`
  }
  for (const name of new Set([...one.share.keys(), ...other.share.keys()])) {
    if (name.startsWith(NOTE_PREFIX) && one.getText(name).toString() !== other.getText(name).toString()) return name
  }
  return null
}
