import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { RecordWrite } from '../../domain/kernel/record-write.ts'
import { stampTimeMs } from '../../store/stamp.ts'
import { openTestDocument, VISIBLE, writeQuest } from '../../testing/open-test-document.ts'
import type { ChangeLog, SeenChange } from '../ports/change-log.ts'
import { FromServer } from '../ports/local-store.ts'
import { memoryChangeLogs } from './memory-change-log.ts'
import { recordChanges } from './record-changes.ts'

interface Peer {
  readonly document: ReturnType<typeof openTestDocument>
  readonly log: ChangeLog
  readonly clock: { nowMs: number }
}

function openPeer(clientId: number, isLoaded = () => true): Peer {
  const clock = { nowMs: clientId * 1000 }
  const document = openTestDocument({ clock, clientId })
  const log = memoryChangeLogs()('w1')
  recordChanges({ document, log, userId: () => `user${clientId}`, isLoaded })
  return { document, log, clock }
}

const server = new FromServer()
const send = (from: Peer, to: Peer, origin: unknown = server) =>
  Y.applyUpdate(to.document.doc, Y.encodeStateAsUpdate(from.document.doc), origin)
const retitle = (peer: Peer, title: string, atMs: number) => {
  peer.clock.nowMs = atMs
  writeQuest(peer.document, 'q1', { title })
}
const told = ({ change, origin, path, before, after, replacedOwn }: SeenChange) => ({
  change,
  origin,
  path,
  before,
  after,
  replacedOwn,
})

/** Two devices with one quest both know. */
function twoPeers(): readonly [Peer, Peer] {
  const [a, b] = [openPeer(1), openPeer(2)]
  writeQuest(a.document, 'q1', { ...VISIBLE, title: 'Base' })
  send(a, b)
  return [a, b]
}

test('an own write is kept with what it replaced, by whom and when', async () => {
  const [a] = twoPeers()
  retitle(a, 'Own', 50_000)
  const [latest, first] = await a.log.ofQuest('q1')
  expect(latest).toMatchObject({ origin: 'own', path: 'title', before: 'Base', after: 'Own', by: 'user1', at: 50_000 })
  expect(first).toMatchObject({ change: 'created', path: null, before: null, after: null })
})

test('what a merge overrode is kept on the device that lost it, and marked as its own', async () => {
  const [a, b] = twoPeers()
  retitle(a, 'Earlier', 50_000)
  retitle(b, 'Later', 60_000)
  send(b, a)
  const [latest] = (await a.log.ofQuest('q1')).map(told)
  expect(latest).toEqual({
    change: 'changed',
    origin: 'remote',
    path: 'title',
    before: 'Earlier',
    after: 'Later',
    replacedOwn: true,
  })
})

test('a value that never came to hold is kept on the device whose later edit stood', async () => {
  const [a, b] = twoPeers()
  retitle(a, 'Earlier', 50_000)
  writeQuest(a.document, 'q1', { priority: 1 })
  retitle(b, 'Later', 60_000)
  send(a, b)
  const rows = (await b.log.ofQuest('q1')).filter(({ path }) => path === 'title').map(told)
  expect(rows).toEqual([
    { change: 'changed', origin: 'own', path: 'title', before: 'Base', after: 'Later', replacedOwn: false },
    { change: 'lost', origin: 'remote', path: 'title', before: 'Earlier', after: 'Later', replacedOwn: false },
  ])
})

test('what a later edit of another field takes over from before has lost nothing', async () => {
  const [a, b] = twoPeers()
  retitle(a, 'Base, renamed', 40_000)
  send(a, b)
  retitle(b, 'Later', 60_000)
  a.clock.nowMs = 70_000
  writeQuest(a.document, 'q1', { priority: 1 })
  const carried = a.document.doc.getArray<[string, number, object]>('quests').toArray()
  expect(carried).toMatchObject([['q1', expect.anything(), { title: 'Base, renamed', priority: 1 }, expect.anything()]])
  send(a, b)
  const changes = await b.log.ofQuest('q1')
  expect(changes.map(({ change, path }) => [change, path])).toEqual([
    ['changed', 'priority'],
    ['changed', 'title'],
    ['changed', 'title'],
    ['created', null],
  ])
})

test('of two values that arrive together, the one that the other device overrode is not told as lost here', async () => {
  const [a, b] = twoPeers()
  const c = openPeer(3)
  send(a, c)
  retitle(a, 'Earlier', 50_000)
  retitle(b, 'Later', 60_000)
  send(a, b)
  send(b, c)
  const changes = await c.log.ofQuest('q1')
  expect(changes.map(({ change, before, after }) => [change, before, after])).toEqual([
    ['changed', 'Base', 'Later'],
    ['created', null, null],
  ])
})

test('what another tab of this device wrote is kept by that tab alone', async () => {
  const [a, b] = twoPeers()
  retitle(b, 'Other tab', 60_000)
  send(b, a, { tab: true })
  expect((await a.log.ofQuest('q1')).map(({ change }) => change)).toEqual(['created'])
})

test('what another log overrides, and what it loses, when it is merged in is kept, and nothing else of it', async () => {
  const [a, b] = twoPeers()
  retitle(a, 'Earlier', 50_000)
  retitle(b, 'Later', 60_000)
  b.clock.nowMs = 40_000
  writeQuest(b.document, 'q1', { priority: 2 })
  a.clock.nowMs = 70_000
  writeQuest(a.document, 'q1', { priority: 3 })
  writeQuest(b.document, 'q2', VISIBLE)
  const before = (await a.log.latest(10, null)).changes.length
  a.document.mergeFrom(b.document.doc)
  const { changes } = await a.log.latest(10, null)
  expect(changes.length - before).toBe(2)
  const merged = changes.filter(({ origin }) => origin === 'remote').map(told)
  expect(merged).toEqual([
    { change: 'lost', origin: 'remote', path: 'priority', before: 2, after: 3, replacedOwn: false },
    { change: 'changed', origin: 'remote', path: 'title', before: 'Earlier', after: 'Later', replacedOwn: true },
  ])
  a.document.mergeFrom(b.document.doc)
  expect((await a.log.latest(10, null)).changes).toEqual(changes)
})

test('the first load of a document is no history, but what it overrides is', async () => {
  const [a, b] = twoPeers()
  const c = openPeer(3, () => false)
  retitle(a, 'Earlier', 50_000)
  c.document.mergeFrom(a.document.doc)
  retitle(b, 'Later', 60_000)
  writeQuest(b.document, 'q2', VISIBLE)
  send(b, c)
  expect((await c.log.latest(10, null)).changes.map(told)).toEqual([
    { change: 'changed', origin: 'remote', path: 'title', before: 'Earlier', after: 'Later', replacedOwn: false },
  ])
})

test('the first load of a document is no history', async () => {
  const a = openPeer(1)
  let isLoaded = false
  const b = openPeer(2, () => isLoaded)
  writeQuest(a.document, 'q1', VISIBLE)
  a.document.note('q1' as never).insert(0, 'text')
  send(a, b)
  isLoaded = true
  retitle(a, 'News', 50_000)
  send(a, b)
  expect((await b.log.latest(10, null)).changes.map(({ path }) => path)).toEqual(['title'])
})

test('hundreds of records that come at once are not told one by one, changes among them are', async () => {
  const [a, b] = twoPeers()
  const writes: RecordWrite[] = Array.from({ length: 300 }, (_, n) => ({
    table: 'quests',
    id: `many${n}`,
    patch: VISIBLE,
  }))
  a.clock.nowMs = 50_000
  a.document.write([...writes, { table: 'quests', id: 'q1', patch: { title: 'Changed' } }])
  send(a, b)
  for (const peer of [a, b]) {
    const { changes } = await peer.log.latest(1000, null)
    expect(changes.map(({ change, id }) => [change, id])).toEqual([
      ['changed', 'q1'],
      ['created', 'q1'],
    ])
  }
})

test('typing in notes is kept once for five minutes, without the text', async () => {
  const [a, b] = twoPeers()
  const note = a.document.note('q1' as never)
  a.clock.nowMs = 300_000
  note.insert(0, 'a')
  a.clock.nowMs = 420_000
  note.insert(0, 'b')
  a.clock.nowMs = 600_000
  note.insert(0, 'c')
  send(a, b)
  const ofNotes = async (peer: Peer) => (await peer.log.ofQuest('q1')).filter(({ path }) => path === 'notes')
  expect((await ofNotes(a)).map(({ before, after, by, at }) => [before, after, by, at])).toEqual([
    [null, null, 'user1', 600_000],
    [null, null, 'user1', 420_000],
  ])
  expect((await ofNotes(b)).map(({ origin, by }) => [origin, by])).toEqual([['remote', null]])
})

test('a purged quest is removed, and its values are not kept', async () => {
  const [a, b] = twoPeers()
  a.clock.nowMs = 50_000
  const cleared = Object.fromEntries(Object.keys(VISIBLE).map((path) => [path, null]))
  writeQuest(a.document, 'q1', cleared)
  send(a, b)
  for (const peer of [a, b]) {
    const [latest] = await peer.log.ofQuest('q1')
    expect(latest).toMatchObject({ change: 'removed', path: null, before: null, after: null })
  }
})

test('a change is kept at the time of its stamp, corrected by the server', async () => {
  const a = openPeer(1)
  a.document.observeServerTime(a.clock.nowMs + 5_000_000)
  writeQuest(a.document, 'q1', VISIBLE)
  const [only] = await a.log.ofQuest('q1')
  expect(only?.at).toBe(a.clock.nowMs + 5_000_000)
  expect(only?.at).toBe(stampTimeMs(only?.stamp ?? 0))
})
