import { addQuest, type Device, makeDevice, untilQuest, untilSync } from '@questlog/shared/client/testing/devices'
import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { newDocumentName, type RunningSync } from './testing/start-sync.ts'
import { useSyncDatabase } from './testing/use-sync.ts'

const database = useSyncDatabase('file')
let server: RunningSync
let document: string
const open: Workspace[] = []

beforeEach(async () => {
  server = await database.start()
  document = newDocumentName()
})

afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close()
})

const now = () => Date.now()

async function openOn(device: Device): Promise<Workspace> {
  const workspace = await device.open({ documentName: document })
  open.push(workspace)
  return workspace
}

/** A socket that passes on only the first frame which carries changes, and is gone once that is acknowledged. */
class BreakingSocket extends WebSocket {
  #hasPassed = false

  constructor(url: string) {
    super(url)
    this.addEventListener('message', ({ data }) => {
      if (typeOf(new Uint8Array(data as ArrayBuffer))[0] === ACKNOWLEDGEMENT) this.close()
    })
  }

  override send(data: Uint8Array<ArrayBuffer>): void {
    const [type, step] = typeOf(data)
    const carriesChanges = type === SYNC && step !== STEP_ONE
    if (!(carriesChanges && this.#hasPassed)) super.send(data)
    if (carriesChanges) this.#hasPassed = true
  }
}

const [SYNC, STEP_ONE, ACKNOWLEDGEMENT] = [0, 0, 8]

/** The two numbers after the document's name. */
function typeOf(frame: Uint8Array): Uint8Array {
  const end = 1 + (frame[0] ?? 0)
  return frame.subarray(end, end + 2)
}

function connect(workspace: Workspace, socket: new (url: string) => WebSocket = WebSocket): void {
  workspace.connect({ url: server.url, token: async () => 'ann', WebSocketPolyfill: socket as never })
}

async function headOf(): Promise<number> {
  const found = await database.pool.query('select seq from doc_heads where doc = $1', [document])
  return Number(found.rows[0].seq)
}

/** Stops the server, puts the log back to an earlier head as a backup would, and starts it again. */
async function rollBackTo(seq: number): Promise<void> {
  await server.stop()
  await database.pool.query('delete from doc_updates where doc = $1 and seq > $2', [document, seq])
  await database.pool.query('update doc_heads set seq = $2 where doc = $1', [document, seq])
  server = await database.start()
}

async function committed(): Promise<Y.Doc> {
  const found = await database.pool.query('select bytes from doc_updates where doc = $1 order by seq', [document])
  const doc = new Y.Doc()
  for (const row of found.rows) Y.applyUpdate(doc, row.bytes)
  return doc
}

test('deletions that a backup lost are not called saved by the first piece of what else is sent', async () => {
  const device = makeDevice({ now, random: () => 0 })
  const workspace = await openOn(device)
  const id = addQuest(workspace, 'Noted')
  workspace.note(id).insert(0, 'kept and erased')
  connect(workspace)
  await untilSync(workspace, 'saved')
  const backup = await headOf()
  workspace.note(id).delete(4, 11)
  await untilSync(workspace, 'saving')
  await untilSync(workspace, 'saved')
  expect(await headOf()).toBe(backup + 1)
  await rollBackTo(backup)
  await untilSync(workspace, 'offline')

  workspace.doc.transact(() => {
    for (let quest = 0; quest < 300; quest += 1) addQuest(workspace, `${quest} ${'long '.repeat(80)}`)
  })
  const statuses: unknown[] = []
  workspace.state.subscribe(({ sync }) => statuses.push(sync.kind))
  connect(workspace, BreakingSocket)
  await untilSync(workspace, 'offline')
  const before = await committed()
  expect(before.getText(`note:${id}`).toString()).toBe('kept and erased')
  expect(before.getArray('quests').length).toBe(301)
  expect(statuses).not.toContain('saved')

  connect(workspace)
  await untilSync(workspace, 'saved')
  const after = await committed()
  expect(after.getText(`note:${id}`).toString()).toBe('kept')
  expect(after.getArray('quests').length).toBe(301)
})

/** Keeps commits waiting until the returned function is called. */
async function holdCommits(): Promise<() => Promise<void>> {
  const blocker = await database.pool.connect()
  await blocker.query('begin')
  await blocker.query('select from doc_heads where doc = $1 for update', [document])
  return async () => {
    await blocker.query('commit')
    blocker.release()
  }
}

test('an edit that a device is shown ahead of its commit is not called saved there before', async () => {
  const [author, reader] = [await openOn(makeDevice({ now })), await openOn(makeDevice({ now }))]
  for (const workspace of [author, reader]) connect(workspace)
  addQuest(author, 'First')
  for (const workspace of [author, reader]) await untilSync(workspace, 'saved')
  const release = await holdCommits()
  const id = addQuest(author, 'Shown early')
  await untilQuest(reader, id, 'Shown early')
  expect(reader.state.getState().sync).toEqual({ kind: 'saving', unsavedChanges: 1 })
  await release()
  for (const workspace of [author, reader]) await untilSync(workspace, 'saved')
  expect((await committed()).getArray('quests').length).toBe(2)
})

test('an edit shown ahead of a commit that never came is handed over by the device that was shown it', async () => {
  const [authorDevice, readerDevice] = [makeDevice({ now }), makeDevice({ now })]
  const [author, reader] = [await openOn(authorDevice), await openOn(readerDevice)]
  for (const workspace of [author, reader]) connect(workspace)
  addQuest(author, 'First')
  for (const workspace of [author, reader]) await untilSync(workspace, 'saved')
  await database.pool.query('alter table doc_updates rename to doc_updates_away')
  const id = addQuest(author, 'Shown early')
  await untilQuest(reader, id, 'Shown early')
  author.disconnect()
  expect(await untilSync(reader, 'offline')).toEqual({ kind: 'offline', unsavedChanges: 1 })
  await database.pool.query('alter table doc_updates_away rename to doc_updates')
  connect(reader)
  await untilSync(reader, 'saved')
  expect((await committed()).getArray('quests').length).toBe(2)
})
