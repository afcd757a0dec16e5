import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createSavedTracker } from './saved-tracker.ts'

// Why there is an own protocol client. When this fails, an upgrade has changed the ground.
test("HocuspocusProvider reports nothing unsynced at a cold start with offline edits; the client's tracker does", () => {
  const doc = new Y.Doc()
  doc.getArray('quests').push(['written offline'])
  const socket = new HocuspocusProviderWebsocket({ url: 'ws://127.0.0.1:9', autoConnect: false })
  const provider = new HocuspocusProvider({
    name: 'w:01K00000000000000000000000:1',
    document: doc,
    websocketProvider: socket,
  })
  expect(provider.hasUnsyncedChanges).toBe(false)
  expect(createSavedTracker(doc, null, () => false).unsavedChanges()).toBe(1)
  provider.destroy()
  socket.destroy()
})
