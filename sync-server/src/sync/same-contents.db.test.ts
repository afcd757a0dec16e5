import { addQuest, makeDevice, untilState, untilSync } from '@questlog/shared/client/testing/devices'
import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { DIGEST_REQUEST, isDigestMessage } from '@questlog/shared/protocol/documents'
import { ContentDigest } from '@questlog/shared/store/content-digest'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { writeVarString } from 'lib0/encoding'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type * as Y from 'yjs'
import type { Device } from './testing/device.ts'
import { addEntry, updateOf } from './testing/entries.ts'
import { newDocumentName } from './testing/start-sync.ts'
import { useSync } from './testing/use-sync.ts'

const { database, server } = useSync('file')
let document: string
const open: Workspace[] = []

beforeEach(() => {
  document = newDocumentName()
})

afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close()
})

const NOTE_QUEST = '01K0000000000000000000NOTE' as QuestId
const STATELESS = 5

async function openDevice(): Promise<Workspace> {
  const workspace = await makeDevice().open({ documentName: document })
  open.push(workspace)
  return workspace
}

const reach = (user = 'ann') => ({ url: server.url, token: async () => user })
const connect = (workspace: Workspace, user?: string) => workspace.connect(reach(user))

/** Opens a device, lets it join, and takes it offline. */
async function openOffline(): Promise<Workspace> {
  const workspace = await openDevice()
  connect(workspace)
  await untilSync(workspace, 'saved')
  workspace.disconnect()
  return workspace
}

/** Makes somebody else write under an id, once. */
async function writeUnder(id: number, change: (doc: Y.Doc) => void): Promise<void> {
  const mallory = await server.device(document).sync('mallory')
  mallory.sendUpdate(updateOf(change, id))
  await mallory.until(() => mallory.statuses.length === 2 || mallory.closes.length > 0)
  expect(mallory.closes).toEqual([])
}

/** What the device said of its edits while it was connected, up to a refusal. */
async function kindsUntilRefused(workspace: Workspace, user = 'ann'): Promise<readonly string[]> {
  const kinds: string[] = []
  const stop = workspace.state.subscribe(({ sync }) => kinds.push(sync.kind))
  connect(workspace, user)
  const { sync } = await untilState(workspace, (state) => state.sync.kind === 'refused')
  stop()
  expect(sync).toMatchObject({ reason: 'content-differs' })
  return kinds
}

/** A peer who sees the records and notes that the server commits. */
async function openReader(): Promise<{ device: Device; titles: () => unknown[]; note: () => string }> {
  const device = await server.device(document).sync('reader')
  const records = openQuestDocument(device.doc, { now: Date.now })
  return {
    device,
    titles: () => [...records.ids('quests')].map((id) => records.record('quests', id)?.title).sort(),
    note: () => records.note(NOTE_QUEST).toString(),
  }
}

test('[R34] what somebody wrote under the id of an offline device hides none of its edits, and is not called saved', async () => {
  const workspace = await openOffline()
  addQuest(workspace, 'Mine')
  await writeUnder(workspace.doc.clientID, (doc) => addEntry(doc, 'forged'))
  expect(await kindsUntilRefused(workspace)).not.toContain('saved')
  const reader = await openReader()
  await reader.device.until(() => reader.titles().includes('Mine'))
})

test('[R34] note text that is hidden by text of others under the same id survives beside it', async () => {
  const workspace = await openOffline()
  workspace.note(NOTE_QUEST).insert(0, 'mine')
  await writeUnder(workspace.doc.clientID, (doc) => doc.getText(`note:${NOTE_QUEST}`).insert(0, 'fake'))
  expect(await kindsUntilRefused(workspace)).not.toContain('saved')
  const reader = await openReader()
  await reader.device.until(() => reader.note() === 'fake\nmine')
})

test('[R34] a device that may only read does not call saved what differs either', async () => {
  const workspace = await openOffline()
  addQuest(workspace, 'Mine')
  await writeUnder(workspace.doc.clientID, (doc) => addEntry(doc, 'forged'))
  server.roles.set(`ann ${document}`, 'viewer')
  expect(await kindsUntilRefused(workspace)).not.toContain('saved')
})

test('[R34] later edits are rescued too, as often as the person asks', async () => {
  const workspace = await openOffline()
  addQuest(workspace, 'Mine')
  await writeUnder(workspace.doc.clientID, (doc) => addEntry(doc, 'forged'))
  await kindsUntilRefused(workspace)
  addQuest(workspace, 'Later')
  expect([await workspace.rescue(reach()), await workspace.rescue(reach())]).toEqual([true, true])
  const reader = await openReader()
  expect(reader.titles()).toEqual(['Later', 'Mine'])
  const heads = await database.pool.query('select seq from doc_heads where doc = $1', [document])
  await workspace.rescue(reach())
  expect((await database.pool.query('select seq from doc_heads where doc = $1', [document])).rows).toEqual(heads.rows)
})

test("[R31] edits that are refused because their id is somebody else's are brought along when the person asks for it", async () => {
  const workspace = await openOffline()
  await writeUnder(workspace.doc.clientID, (doc) => addEntry(doc, 'forged'))
  for (const title of ['Mine', 'Mine too']) addQuest(workspace, title)
  connect(workspace)
  const { sync } = await untilState(workspace, (state) => state.sync.kind === 'refused')
  expect(sync).toMatchObject({ reason: 'foreign-client-id', unsavedChanges: 2 })
  expect(await workspace.rescue(reach())).toBe(true)
  const reader = await openReader()
  expect(reader.titles()).toEqual(['Mine', 'Mine too'])
})

test('[R34] a device whose disk holds something else under the same ids is not called saved; loaded again, it is, and holds both', async () => {
  const entry = (id: string, title: string) =>
    updateOf((doc) => doc.getArray('quests').push([[id, 1024, { title, rank: 'a', createdAt: 1 }]]), 7)
  const writer = await server.device(document).sync('ann')
  writer.sendUpdate(entry('q1', 'Only there'))
  await writer.until(() => writer.statuses.length === 2)
  const device = makeDevice()
  device.disks.set(document, { updates: [entry('q2', 'Only here')], facts: new Map(), atOnce: new Map() })
  const workspace = await device.open({ documentName: document })
  expect(await kindsUntilRefused(workspace)).not.toContain('saved')

  expect(await workspace.rescue(reach())).toBe(true)
  await workspace.close()
  device.disks.delete(document)
  const again = await device.open({ documentName: document })
  open.push(again)
  connect(again)
  await untilSync(again, 'saved')
  expect(['q1', 'q2'].map((id) => again.projection.quest(id as QuestId)?.title)).toEqual(['Only there', 'Only here'])
})

test('[R34] devices with equal contents are saved, however each came to them and while others go on writing', async () => {
  const [one, two] = [await openDevice(), await openDevice()]
  connect(one)
  for (let n = 0; n < 30; n++) addQuest(one, `quest ${n}`)
  one.note(NOTE_QUEST).insert(0, 'Hello 👋 world')
  one.note(NOTE_QUEST).delete(2, 4)
  connect(two, 'ben')
  await untilSync(two, 'saved')
  for (let n = 0; n < 30; n++) {
    addQuest(one, `more ${n}`)
    two.note(NOTE_QUEST).insert(0, `${n}`)
    if (n % 10 !== 0) continue
    two.disconnect()
    addQuest(two, `offline ${n}`)
    connect(two, 'ben')
    await untilState(two, ({ sync }) => sync.kind === 'saved' || sync.kind === 'refused')
  }
  await untilSync(one, 'saved')
  await untilSync(two, 'saved')
})

test('[R34] the server answers behind what it sent before, with the digest of just that', async () => {
  const ann = await server.device(document).sync('ann')
  const ben = await server.device(document).sync('ben')
  for (let n = 0; n < 20; n++) {
    addEntry(ann.doc, `${n}`)
    ben.sendFrame(STATELESS, (encoder) => writeVarString(encoder, DIGEST_REQUEST))
    const heard = ben.stateless.length
    await ben.until(() => ben.stateless.slice(heard).some((payload) => isDigestMessage(JSON.parse(payload))))
    const digest = new ContentDigest(ben.doc)
    digest.advance(() => false)
    expect(JSON.parse(ben.stateless.at(-1) ?? '')).toEqual({ type: 'digest', digest: digest.read() })
  }
})

test('[R34] a device that asks again before the answer gets one answer, and a message that asks nothing is ignored', async () => {
  const ann = await server.device(document).sync('ann')
  const say = (payload: string) => ann.sendFrame(STATELESS, (encoder) => writeVarString(encoder, payload))
  for (const payload of ['', 'x', '{"type":"digesT"}']) say(payload)
  addEntry(ann.doc, 'after')
  await ann.until(() => ann.statuses.length === 2)
  expect([ann.closes, ann.stateless.length]).toEqual([[], 1])
  for (let n = 0; n < 500; n++) say(DIGEST_REQUEST)
  addEntry(ann.doc, 'behind')
  await ann.until(() => ann.statuses.length === 3)
  const answers = ann.stateless.length - 1
  expect([ann.closes, answers > 0, answers < 500]).toEqual([[], true, true])
})
