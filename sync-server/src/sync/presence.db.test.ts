import { makeDevice, untilSync } from '@questlog/shared/client/testing/devices'
import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { createDecoder, readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { newDocumentName } from './testing/start-sync.ts'
import { useSync } from './testing/use-sync.ts'

const { server } = useSync('file')
let document: string
let workspace: Workspace

beforeEach(() => {
  document = newDocumentName()
  RecordingSocket.told = []
})

afterEach(async () => {
  await workspace.close()
})

const [SYNC, AWARENESS, STEP_ONE] = [0, 1, 0]

/** What a frame of a device lets others know: `writes` once its changes carry an id, `tells` where presence names it. */
function newsOf(frame: Uint8Array, id: number): 'writes' | 'tells' | null {
  const decoder = createDecoder(frame)
  readVarString(decoder)
  const kind = readVarUint(decoder)
  if (kind === AWARENESS) {
    const heard = new Awareness(new Y.Doc())
    applyAwarenessUpdate(heard, readVarUint8Array(decoder), 'test')
    const told = JSON.stringify([...heard.getStates()])
    heard.doc.destroy()
    return told.includes(String(id)) ? 'tells' : null
  }
  if (kind !== SYNC || readVarUint(decoder) === STEP_ONE) return null
  return Y.decodeStateVector(Y.encodeStateVectorFromUpdate(readVarUint8Array(decoder))).has(id) ? 'writes' : null
}

/** Keeps what a device sends. */
class RecordingSocket extends WebSocket {
  static told: Uint8Array[] = []

  override send(data: Uint8Array<ArrayBuffer>): void {
    RecordingSocket.told.push(data.slice())
    super.send(data)
  }
}

async function openWorkspaceOfAnn(): Promise<void> {
  workspace = await makeDevice().open({ documentName: document })
  workspace.connect({ url: server.url, token: async () => 'ann', WebSocketPolyfill: RecordingSocket as never })
  await untilSync(workspace, 'saved')
}

/** As the note editor does it: the caret behind what was just typed. */
function type(text: string): void {
  const note = workspace.note('q1' as QuestId)
  note.insert(note.length, text)
  const place = Y.createRelativePositionFromTypeIndex(note, note.length - 1)
  workspace.awareness().setLocalStateField('cursor', { anchor: place, head: place })
}

const newsOfAnn = () =>
  RecordingSocket.told.map((frame) => newsOf(frame, workspace.doc.clientID)).filter((news) => news !== null)

test('[R30] presence does not tell the id that a device writes with before the device wrote with it', async () => {
  const bob = await server.device(document).sync('bob')
  await openWorkspaceOfAnn()
  workspace.awareness().setLocalStateField('user', { name: 'Ann' })
  await bob.until(() => bob.awareness.some((update) => Buffer.from(update).includes('Ann')))
  expect(newsOfAnn()).toEqual([])
})

test('[R30] a caret in text that the server does not hold waits for it, and is shown then', async () => {
  const bob = await server.device(document).sync('bob')
  await openWorkspaceOfAnn()
  type('Hello')
  expect(newsOfAnn()).toEqual(['writes'])
  const seesCaret = () => bob.awareness.some((update) => Buffer.from(update).includes(`${workspace.doc.clientID}`))
  await bob.until(seesCaret)
  expect(newsOfAnn().slice(0, 2)).toEqual(['writes', 'tells'])
})

test('[R30] a caret also waits when more was typed than may be under way at once', async () => {
  await server.device(document).sync('bob')
  await openWorkspaceOfAnn()
  // Another tab's text, written to the same disk, under an id that the server never saw.
  const tab = new Y.Doc()
  tab.getText('note:q1').insert(0, 'from another tab')
  const count = 40
  for (let n = 0; n < count; n++)
    workspace.doc.getArray('quests').push([[`q${n}`, Date.now() * 1024 + n, { title: 'x' }]])
  Y.applyUpdate(workspace.doc, Y.encodeStateAsUpdate(tab))
  const note = workspace.note('q1' as QuestId)
  const place = Y.createRelativePositionFromTypeIndex(note, 3)
  workspace.awareness().setLocalStateField('cursor', { anchor: place, head: place })
  const news = () => RecordingSocket.told.map((frame) => newsOf(frame, tab.clientID)).filter((told) => told !== null)
  expect(news()).toEqual([])
  await untilSync(workspace, 'saved')
  expect(news().slice(0, 2)).toEqual(['writes', 'tells'])
})
