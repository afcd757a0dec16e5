import { documentTask } from '../../log/thread/document-task.ts'
import '@questlog/shared/store/lean-yjs'
import * as Y from 'yjs'
import { heapOfUpdate } from '../../log/updates/document-heap.ts'
import { dropPending, hasPending } from '../../log/updates/pending.ts'

/** A document in as few bytes as it takes, and the state it stands for. */
export interface CompactDocument {
  readonly bytes: Uint8Array
  readonly stateVector: Uint8Array
  /** Whether nothing had to be left out because it waits for something else. */
  readonly isComplete: boolean
  /** Bytes of heap that it takes when loaded, as estimated. */
  readonly heapBytes: number
}

/** Loads updates into a document that collects its garbage and writes it out again, without what is pending. */
export function compactUpdates(updates: readonly Uint8Array[]): CompactDocument {
  const doc = new Y.Doc({ gc: true })
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  const isComplete = !hasPending(doc)
  dropPending(doc)
  const bytes = Y.encodeStateAsUpdate(doc)
  const compact = { bytes, stateVector: Y.encodeStateVector(doc), isComplete, heapBytes: heapOfUpdate(bytes) }
  doc.destroy()
  return compact
}

/** `compactUpdates` in a thread. */
export const compactTask = documentTask(import.meta.url, compactUpdates)

/** Whether stored bytes load into the very document they were made from. */
export function isFaithful(stored: Uint8Array, original: CompactDocument): boolean {
  if (Buffer.compare(stored, original.bytes) !== 0) return false
  const again = compactUpdates([stored])
  return Buffer.compare(again.stateVector, original.stateVector) === 0 && again.bytes.length === original.bytes.length
}

/** `isFaithful` in a thread. */
export const verifyTask = documentTask(import.meta.url, isFaithful)
