import * as Y from 'yjs'
import type { FieldValue } from '../domain/kernel/record-write.ts'
import { openQuestDocument, type QuestDocument } from '../store/quest-document.ts'

/** A clock that stands still until it is set. */
export interface TestClock {
  nowMs: number
}

/** An empty document, or one in a given state, under a still clock. */
export function openTestDocument(
  options: { readonly clock?: TestClock; readonly state?: Uint8Array; readonly clientId?: number } = {},
): QuestDocument {
  const clock = options.clock ?? { nowMs: 1_760_000_000_000 }
  const doc = new Y.Doc()
  if (options.clientId !== undefined) doc.clientID = options.clientId
  const document = openQuestDocument(doc, { now: () => clock.nowMs })
  if (options.state !== undefined) Y.applyUpdate(doc, options.state)
  return document
}

/** Brings documents of one name to the same state. */
export function syncDocuments(...documents: readonly QuestDocument[]): void {
  const updates = documents.map(({ doc }) => Y.encodeStateAsUpdate(doc))
  for (const { doc } of documents) for (const update of updates) Y.applyUpdate(doc, update)
}

/** Puts elements into a table as a peer would have, past all checks. */
export function receive(document: QuestDocument, table: string, ...elements: readonly unknown[]): void {
  const peer = new Y.Doc()
  peer.getArray(table).push([...elements])
  Y.applyUpdate(document.doc, Y.encodeStateAsUpdate(peer))
}

/** Writes fields of one quest. */
export function writeQuest(document: QuestDocument, id: string, patch: { readonly [path: string]: FieldValue }) {
  return document.write([{ table: 'quests', id, patch }])
}

/** The fields of a fresh, visible quest. */
export const VISIBLE = { title: 'Slay the dragon', createdAt: 1 } as const
