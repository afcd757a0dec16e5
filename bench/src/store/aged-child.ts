import { writeFileSync } from 'node:fs'
import type { FieldValue } from '@questlog/shared/domain/kernel/record-write'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { rebaseUpdates } from '@questlog/sync-server/src/sync/epochs/rebase-updates.ts'
import { defaultSyncLimits } from '@questlog/sync-server/src/sync/limits/sync-limits.ts'
import * as Y from 'yjs'
import { z } from 'zod'
import { sendToParent } from '../measure/in-child.ts'
import { makeEdits } from './sample-edits.ts'
import { sampleQuests } from './sample-quests.ts'

/**
 * Writes a document of so many app starts, each under a client id of its own and with so many edits, and moves it to a
 * new epoch whenever the server would: devices rest a minute between two starts. It ends as full of ids as it ever was.
 */
const [path, quests, starts, editsPerStart] = z
  .tuple([z.string(), z.coerce.number(), z.coerce.number(), z.coerce.number()])
  .parse(process.argv.slice(2))

const { rebaseClientIds } = defaultSyncLimits
const sample = sampleQuests(quests)
const edits: (readonly [id: string, path: string, value: FieldValue])[] = []
makeEdits(sample, (starts + rebaseClientIds) * editsPerStart, (...edit) => edits.push(edit))

let doc = new Y.Doc()
let store = openQuestDocument(doc, { now: Date.now })
store.write(sample.map(({ id, fields }) => ({ table: 'quests', id, patch: fields })))
let rebases = 0
let mostIds = 0

const rebase = (): void => {
  const { begun } = rebaseUpdates([Y.encodeStateAsUpdate(doc)])
  store.destroy()
  doc.destroy()
  doc = new Y.Doc()
  Y.applyUpdate(doc, begun)
  store = openQuestDocument(doc, { now: Date.now })
  rebases += 1
}

for (let start = 0; start < starts || doc.store.clients.size <= rebaseClientIds; start += 1) {
  if (doc.store.clients.size > rebaseClientIds) rebase()
  doc.clientID = start + 1_000_000
  for (const [id, field, value] of edits.slice(start * editsPerStart, (start + 1) * editsPerStart)) {
    store.write([{ table: 'quests', id, patch: { [field]: value } }])
  }
  mostIds = Math.max(mostIds, doc.store.clients.size)
}
const update = Y.encodeStateAsUpdate(doc)
writeFileSync(path, update)
sendToParent({ bytes: update.length, clientIds: doc.store.clients.size, mostIds, rebases })
