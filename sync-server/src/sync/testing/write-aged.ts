import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import type * as Y from 'yjs'
import type { PendingUpdate, UpdateLog } from '../../log/update-log.ts'
import { loggedDocument } from './logged-document.ts'

const STARTS_A_NOTE = 20

/**
 * Appends one quest for each of so many starts of a device, each under a client id of its own, and at some of them a
 * line of a note. Answers the document as it is then.
 */
export async function writeAged(log: UpdateLog, document: string, starts: number, from = 0): Promise<Y.Doc> {
  const doc = await loggedDocument(log, document)
  const updates: PendingUpdate[] = []
  const quests = openQuestDocument(doc, { now: Date.now })
  const collect = (bytes: Uint8Array) =>
    updates.push({ document, bytes, userId: 'ann', clientId: doc.clientID, claims: [doc.clientID] })
  doc.on('update', collect)
  for (let n = from; n < from + starts; n++) {
    doc.clientID = 1_000_000 + n
    doc.transact(() => {
      quests.write([{ table: 'quests', id: `aged${n}`, patch: { title: `Quest ${n}`, createdAt: n } }])
      if (n % STARTS_A_NOTE === 0) quests.note('aged0' as QuestId).insert(0, `Line ${n}\n`)
    })
  }
  doc.off('update', collect)
  quests.destroy()
  for (let start = 0; start < updates.length; start += 200) await log.commitBatch(updates.slice(start, start + 200))
  return doc
}
