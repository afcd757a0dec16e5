import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { addEntry, titles } from './testing/entries.ts'
import { type RawStruct, rawUpdate } from './testing/hostile-updates.ts'
import { newDocumentName } from './testing/start-sync.ts'
import { useSync } from './testing/use-sync.ts'

const { database, server } = useSync('file')

const text = (value: string, at: Omit<RawStruct, 'content'>): RawStruct => ({
  content: { kind: 'text', text: value },
  ...at,
})
const run = (client: number, clock: number, ...structs: RawStruct[]) => ({ client, clock, structs })
const hello = rawUpdate([run(1, 0, text('hello', { root: 'note:a' }))])

const attacks: Record<string, { readonly frames: readonly Uint8Array[]; readonly reason: string }> = {
  'text behind what was collected, which Yjs throws on': {
    frames: [rawUpdate([run(1, 0, { content: { kind: 'collected', length: 2 } })]), hello],
    reason: 'malformed',
  },
  'neighbours exchanged': {
    frames: [hello, rawUpdate([run(2, 0, text('x', { origin: [1, 3], rightOrigin: [1, 1] }))])],
    reason: 'malformed',
  },
  'entries linked into a note': {
    frames: [
      hello,
      rawUpdate([run(2, 0, { content: { kind: 'entries', values: [['q', 1024, {}]] }, origin: [1, 4] })]),
    ],
    reason: 'entry-shape',
  },
}

for (const [what, { frames, reason }] of Object.entries(attacks)) {
  test(`${what}: the member is refused, the document stays open to all, also after a fresh load`, async () => {
    const document = newDocumentName()
    const peer = await server.device(document).sync('ann')
    const member = await server.device(document).sync('mallory')
    for (const frame of frames) member.sendUpdate(frame)
    await member.until(() => member.closes.length > 0)
    addEntry(peer.doc, 'still here')
    await peer.until(() => peer.statuses.length === 2)

    expect(member.closes).toEqual([`refused:${reason}`])
    const other = await database.start()
    const later = await other.device(document).sync('ann')
    expect(titles(later.doc)).toEqual(['still here'])
    expect(later.doc.getText('note:a').toString()).toBe(peer.doc.getText('note:a').toString())
  })
}

test('deletions in a hole at the end wait for what they delete, and are not handed to others meanwhile', async () => {
  const document = newDocumentName()
  const member = await server.device(document).sync('mallory')
  member.sendUpdate(
    rawUpdate([run(1, 0, text('a', { root: 'note:a' }), { content: { kind: 'skip', length: 9 } })], [[1, 3, 2]]),
  )
  await member.until(() => member.closes.length > 0)
  expect(member.closes).toEqual(['refused:malformed'])
  const later = await server.device(document).sync('ann')
  expect(Y.decodeUpdate(Y.encodeStateAsUpdate(later.doc)).ds.clients.size).toBe(0)
})

test('a delete set that removes records of others is refused, and nothing is removed', async () => {
  const document = newDocumentName()
  const peer = await server.device(document).sync('ann')
  addEntry(peer.doc, 'a quest')
  addEntry(peer.doc, 'a completion', 'completions')
  await peer.until(() => peer.statuses.length === 3)
  const member = await server.device(document).sync('mallory')
  member.doc.transact(() => {
    member.doc.getArray('quests').delete(0, 1)
    member.doc.getArray('completions').delete(0, 1)
  })
  await member.until(() => member.closes.length > 0)
  expect(member.closes).toEqual(['refused:removal'])
  const later = await server.device(document).sync('ann')
  expect([titles(later.doc), titles(later.doc, 'completions')]).toEqual([['a quest'], ['a completion']])
})

test('an edit whose place only applying it decides is committed once it has proved itself', async () => {
  const document = newDocumentName()
  const ann = await server.device(document).sync('ann')
  ann.sendUpdate(hello)
  ann.sendUpdate(rawUpdate([run(3, 0, text('y', { origin: [1, 0], rightOrigin: [1, 1] }))]))
  await ann.until(() => ann.statuses.length === 3)
  const ben = await server.device(document).sync('ben')
  const typed = run(
    2,
    0,
    text('x', { origin: [1, 0], rightOrigin: [1, 1] }),
    text('z', { origin: [2, 0], rightOrigin: [3, 0] }),
  )
  ben.sendUpdate(rawUpdate([typed]))
  await ben.until(() => ben.statuses.length === 2)
  const later = await server.device(document).sync('ann')
  expect(later.doc.getText('note:a').toString()).toBe('hxzyello')
  expect(ben.closes).toEqual([])
})
