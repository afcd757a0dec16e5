import { readFileSync, writeFileSync } from 'node:fs'
import * as Y from 'yjs'
import { z } from 'zod'
import { sendToParent, timed } from '../measure/in-child.ts'

/** Writes, or loads, a document of so many notes, by Yjs alone or with the store. */
const [side, work, path, notes] = z
  .tuple([z.enum(['questlog', 'yjs']), z.enum(['write', 'load']), z.string(), z.coerce.number()])
  .parse(process.argv.slice(2))
const open =
  side === 'yjs' ? () => undefined : (await import('@questlog/shared/store/quest-document')).openQuestDocument

const doc = new Y.Doc()
doc.on('update', () => undefined)
if (work === 'write') {
  open(doc, { now: Date.now })
  for (let from = 0; from < notes; from += 1_000) {
    doc.transact(() => {
      for (let note = from; note < from + 1_000; note += 1) {
        doc
          .getText(`note:01K${String(note).padStart(23, '0')}`)
          .insert(0, `Ask about the offer, call back, note ${note}`)
      }
    })
  }
  const update = Y.encodeStateAsUpdate(doc)
  writeFileSync(path, update)
  sendToParent({ bytes: update.length })
} else {
  const bytes = readFileSync(path)
  const loadMs = timed(() => {
    Y.applyUpdate(doc, bytes)
    open(doc, { now: Date.now })
  })
  const encodeMs = timed(() => void Y.encodeStateAsUpdate(doc))
  const editMs = Array.from({ length: 200 }, (_, note) =>
    timed(() => doc.getText(`note:01K${String(note * 7).padStart(23, '0')}`).insert(0, 'x')),
  )
  sendToParent({ loadMs, encodeMs, editMs })
}
