import type { FieldValue } from '@questlog/shared/domain/kernel/record-write'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { YKeyValue } from 'y-utility/y-keyvalue'
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

export const sideSchema = z.enum(['questlog', 'y-map', 'y-keyvalue'])
export type Side = z.infer<typeof sideSchema>

/** The alternative's name in the report. */
export const ALTERNATIVE = 'a Y.Map per quest'

/** The other alternative, in reports of single edits. */
export const KEY_VALUE_ALTERNATIVE = "y-utility's YKeyValue with a key per field"

/** Opens one side's store over a document, empty or loaded. */
export function openContender(side: Side, doc: Y.Doc): Contender {
  // What a real client has: somebody who takes each transaction's update to the disk and to the network.
  doc.on('update', () => undefined)
  switch (side) {
    case 'questlog':
      return recordStore(doc)
    case 'y-map':
      return mapPerQuest(doc)
    case 'y-keyvalue':
      return keyPerField(doc)
  }
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

function keyPerField(doc: Y.Doc): Contender {
  const fields = new YKeyValue<FieldValue>(doc.getArray('fields'))
  return {
    doc,
    // All keys are new, so they are pushed at once: its `set` walks the list for each.
    add: (samples) =>
      fields.yarray.push(
        samples.flatMap((quest) =>
          Object.entries(quest.fields).map(([path, val]) => ({ key: `${quest.id}/${path}`, val })),
        ),
      ),
    readAll() {
      let count = 0
      for (const key of fields.map.keys()) if (key.endsWith('/title')) count += 1
      return count
    },
    edit: (id, path, value) => fields.set(`${id}/${path}`, value),
  }
}
