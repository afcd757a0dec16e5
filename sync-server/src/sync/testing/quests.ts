import { openQuestDocument } from '@questlog/shared/store/quest-document'
import type * as Y from 'yjs'

/** Writes a quest for each title it is given, as a device's store does. */
export function questWriter(doc: Y.Doc): (title: string) => void {
  const quests = openQuestDocument(doc, { now: Date.now })
  return (title) => quests.write([{ table: 'quests', id: title, patch: { title, createdAt: 1 } }])
}

/** The titles of the quests that a document shows. */
export function questTitles(doc: Y.Doc): readonly string[] {
  const quests = openQuestDocument(doc, { now: Date.now })
  return [...quests.ids('quests')].map((id) => `${quests.record('quests', id)?.title}`)
}
