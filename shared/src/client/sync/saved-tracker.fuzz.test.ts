import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { reload, SERVER, tableOf, track } from '../testing/tracked-document.ts'

test('at any point, a restart says unsaved exactly when the running tracker does', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.constant('write' as const) },
    { weight: 2, arbitrary: fc.constant('overwrite' as const) },
    { weight: 2, arbitrary: fc.constant('type' as const) },
    { weight: 2, arbitrary: fc.constant('erase' as const) },
    { weight: 3, arbitrary: fc.constant('receive' as const) },
    { weight: 2, arbitrary: fc.constant('send' as const) },
    { weight: 3, arbitrary: fc.constant('acknowledge' as const) },
    { weight: 1, arbitrary: fc.constant('restart' as const) },
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let doc = new Y.Doc()
      let tracker = track(doc)
      const server = new Y.Doc()
      let inFlight: { update: Uint8Array; mark: ReturnType<typeof tracker.mark> }[] = []
      for (const [index, what] of steps.entries()) {
        const text = doc.getText('note:a')
        switch (what) {
          case 'write':
            tableOf(doc).push([[`${index}`, index, {}]])
            break
          case 'overwrite':
            doc.transact(() => {
              if (tableOf(doc).length > 0) tableOf(doc).delete(0)
              tableOf(doc).push([[`${index}`, index, {}]])
            })
            break
          case 'type':
            text.insert(text.length, 'ab')
            break
          case 'erase':
            if (text.length > 0) text.delete(0, 1)
            break
          case 'receive':
            if (index % 2 === 0 && tableOf(server).length > 0) tableOf(server).delete(0)
            tableOf(server).push([[`server ${index}`, index, {}]])
            Y.applyUpdate(doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(doc)), SERVER)
            break
          case 'send':
            inFlight.push({ update: Y.encodeStateAsUpdate(doc), mark: tracker.mark() })
            break
          case 'acknowledge': {
            const sent = inFlight.shift()
            if (sent === undefined) break
            Y.applyUpdate(server, sent.update)
            tracker.acknowledge(sent.mark)
            break
          }
          case 'restart':
            inFlight = []
            doc = reload(doc)
            tracker = track(doc, tracker.acknowledged())
            break
        }
        const holdsAll = isContained(doc, server)
        if (tracker.unsavedChanges() === 0) expect(holdsAll).toBe(true)
        const restarted = track(reload(doc), tracker.acknowledged())
        expect(restarted.unsavedChanges() > 0).toBe(tracker.unsavedChanges() > 0)
        expect(restarted.unsavedChanges()).toBe(tracker.unsavedChanges())
      }
    }),
    { numRuns: 400 },
  )
})

/** Whether a document's every write and deletion is in another. */
function isContained(doc: Y.Doc, within: Y.Doc): boolean {
  const merged = new Y.Doc()
  Y.applyUpdate(merged, Y.encodeStateAsUpdate(within))
  Y.applyUpdate(merged, Y.encodeStateAsUpdate(doc))
  return Y.equalSnapshots(Y.snapshot(merged), Y.snapshot(within))
}
