import type { FieldValue } from '@questlog/shared/domain/record-write'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import * as Y from 'yjs'
import { z } from 'zod'
import type { SampleQuest } from './sample-quests.ts'

/** A way to keep quests in a Yjs document. */
export interface Contender {
  readonly doc: Y.Doc
  add(quests: readonly SampleQuest[]): void
  /** Reads every quest as plain fields; answers how many there are. */
  readAll(): number
  edit(id: string, path: string, value: FieldValue): void
}

export const sideSchema = z.enum(['questlog', 'y-map'])
export type Side = z.infer<typeof sideSchema>

/** The alternative's name in the report. */
export const ALTERNATIVE = 'a Y.Map per quest'

/** Opens one side's store over a document, empty or loaded. */
export function openContender(side: Side, doc: Y.Doc): Contender {
  // What a real client has: somebody who takes each transaction's update to the disk and to the network.
  doc.on('update', () => undefined)
  return side === 'questlog' ? recordStore(doc) : mapPerQuest(doc)
}

function recordStore(doc: Y.Doc): Contender {
  const store = openQuestDocument(doc, { now: Date.now })
  return {
    doc,
    add: (quests) => void store.write(quests.map(({ id, fields }) => ({ table: 'quests', id, patch: fields }))),
    readAll() {
      let count = 0
      for (const id of store.ids('quests')) if (store.record('quests', id)?.title !== undefined) count += 1
      return count
    },
    edit: (id, path, value) => void store.write([{ table: 'quests', id, patch: { [path]: value } }]),
  }
}

function mapPerQuest(doc: Y.Doc): Contender {
  const quests = doc.getMap<Y.Map<unknown>>('quests')
  return {
    doc,
    add: (samples) =>
      doc.transact(() => {
        for (const { id, fields } of samples) quests.set(id, new Y.Map(Object.entries(fields)))
      }),
    readAll() {
      let count = 0
      for (const quest of quests.values()) if (quest.toJSON().title !== undefined) count += 1
      return count
    },
    edit: (id, path, value) => void quests.get(id)?.set(path, value),
  }
}
