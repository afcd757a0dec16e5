import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { addEntry, jsonUpdate, overrideEntries, titles, updateOf } from '../testing/entries.ts'
import { newDocumentName } from '../testing/start-sync.ts'
import { useSync } from '../testing/use-sync.ts'

const { database, server } = useSync('file')

const DAY = 24 * 60 * 60 * 1000

function bytes(...values: number[]): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const value of values) encoding.writeVarUint(encoder, value)
  return encoding.toUint8Array(encoder)
}

function entryWithStamp(stamp: number): Uint8Array {
  return updateOf((doc) => doc.getArray('quests').push([['q', stamp, { title: 'x' }]]))
}

const wrongFrames: Record<string, { update: () => Uint8Array; reason: string }> = {
  'random bytes': { update: () => new Uint8Array([250, 1, 2, 3, 255, 254, 9, 9, 9]), reason: 'malformed' },
  'nothing at all': { update: () => new Uint8Array(0), reason: 'malformed' },
  'a truncated update': { update: () => updateOf((doc) => addEntry(doc, 'x')).slice(0, -3), reason: 'malformed' },
  'an update with bytes left over': {
    update: () => new Uint8Array([...updateOf((doc) => addEntry(doc, 'x')), 0]),
    reason: 'malformed',
  },
  'the second encoding': {
    update: () => {
      const doc = new Y.Doc()
      addEntry(doc, 'x')
      return Y.encodeStateAsUpdateV2(doc)
    },
    reason: 'malformed',
  },
  'more structs than bytes': { update: () => bytes(1, 2 ** 31, 7, 0), reason: 'too-large' },
  'a collected run without end': { update: () => bytes(1, 1, 7, 0, 0, 2 ** 50, 0), reason: 'malformed' },
  'overlapping deletions': { update: () => bytes(0, 1, 7, 2, 0, 5, 3, 5), reason: 'malformed' },
  'deletions of what nobody wrote yet': { update: () => bytes(0, 1, 7, 1, 0, 5), reason: 'malformed' },
  'a map': { update: () => updateOf((doc) => doc.getMap('quests').set('a', 1)), reason: 'entry-shape' },
  'a nested type': {
    update: () => updateOf((doc) => doc.getArray('quests').push([new Y.Map()])),
    reason: 'entry-shape',
  },
  'a subdocument': {
    update: () => updateOf((doc) => doc.getArray('quests').push([new Y.Doc()])),
    reason: 'entry-shape',
  },
  'an element that is no entry': {
    update: () => updateOf((doc) => doc.getArray('quests').push(['no entry'])),
    reason: 'entry-shape',
  },
  'an entry that is no JSON': { update: () => jsonUpdate('["q",1024,{"title":"x"}'), reason: 'malformed' },
  'the word for undefined': { update: () => jsonUpdate('undefined'), reason: 'entry-shape' },
  'text in a table': { update: () => updateOf((doc) => doc.getText('quests').insert(0, 'x')), reason: 'entry-shape' },
  'entries in a note': { update: () => updateOf((doc) => addEntry(doc, 'x', 'note:q1')), reason: 'entry-shape' },
  'a stamp more than a day ahead': {
    update: () => entryWithStamp((Date.now() + DAY + 60_000) * 1024),
    reason: 'unsafe-stamp',
  },
  'a stamp beyond safe integers': { update: () => entryWithStamp(2 ** 60), reason: 'unsafe-stamp' },
}

for (const [what, { update, reason }] of Object.entries(wrongFrames)) {
  test(`${what}: refused as ${reason}, not acknowledged, not stored, and nobody else notices`, async () => {
    const document = newDocumentName()
    const peer = await server.device(document).sync('ann')
    const device = await server.device(document).sync('ann')

    device.sendUpdate(update())
    await device.until(() => device.closes.length > 0)
    addEntry(peer.doc, 'still working')
    await peer.until(() => peer.statuses.length === 2)

    expect(device.closes).toEqual([`refused:${reason}`])
    expect(device.statuses).toEqual([true])
    const rows = await database.pool.query('select user_id from doc_updates where doc = $1', [document])
    expect(rows.rowCount).toBe(1)
    expect(peer.closes).toEqual([])
  })
}

test('a stamp within a day ahead is taken, so a device in the wrong time zone is not cut off', async () => {
  const device = await server.device(newDocumentName()).sync('ann')
  device.sendUpdate(entryWithStamp((Date.now() + DAY - 60_000) * 1024))
  await device.until(() => device.statuses.length === 2)
  expect(device.closes).toEqual([])
})

test('what builds on a stamp that was taken before the clock was set back is taken, and nothing far beyond it', async () => {
  let wallMs = Date.now() + 3 * DAY
  const jumping = await database.start({ now: () => wallMs })
  const device = await jumping.device(newDocumentName()).sync('ann')
  const held = wallMs * 1024
  device.sendUpdate(entryWithStamp(held))
  await device.until(() => device.statuses.length === 2)
  wallMs -= 3 * DAY
  device.sendUpdate(entryWithStamp(held + 1))
  await device.until(() => device.statuses.length === 3)
  device.sendUpdate(entryWithStamp(held + 2_000 * 1024))
  await device.until(() => device.closes.length > 0)
  expect([device.statuses, device.closes]).toEqual([[true, true, true], ['refused:unsafe-stamp']])
})

test('entries of a table that this version does not know are taken', async () => {
  const device = await server.device(newDocumentName()).sync('ann')
  addEntry(device.doc, 'x', 'habits')
  await device.until(() => device.statuses.length === 2)
  expect(device.closes).toEqual([])
})

test('a note takes four times what a device keeps, and no more', async () => {
  const device = await server.device(newDocumentName()).sync('ann')
  for (let n = 0; n < 4; n++) device.sendUpdate(updateOf((doc) => doc.getText('note:q1').insert(0, 'x'.repeat(60_000))))
  await device.until(() => device.statuses.length === 5)
  device.sendUpdate(updateOf((doc) => doc.getText('note:q1').insert(0, 'x'.repeat(60_000))))
  await device.until(() => device.closes.length > 0)
  expect(device.closes).toEqual(['refused:too-large'])
})

test('a viewer who sends an edit is refused; a viewer who has none is acknowledged', async () => {
  const document = newDocumentName()
  server.roles.set(`vera ${document}`, 'viewer')
  const member = await server.device(document).sync('ann')
  addEntry(member.doc, 'shared')
  await member.until(() => member.statuses.length === 2)

  const viewer = await server.device(document).sync('vera')
  expect(viewer.statuses).toEqual([true])
  addEntry(viewer.doc, 'not mine to write')
  await viewer.until(() => viewer.closes.length > 0)
  expect(viewer.closes).toEqual(['refused:role'])
  expect(titles(member.doc)).toEqual(['shared'])
})

test('nobody can write under a client id that another user of the document wrote with first', async () => {
  const document = newDocumentName()
  const ann = await server.device(document).sync('ann')
  addEntry(ann.doc, 'by Ann')
  await ann.until(() => ann.statuses.length === 2)

  const bob = await server.device(document).sync('bob')
  // The twelve bytes that would claim Ann's next clocks and so hide what she writes offline.
  bob.sendUpdate(bytes(1, 1, ann.doc.clientID, Y.getState(ann.doc.store, ann.doc.clientID), 0, 100, 0))
  await bob.until(() => bob.closes.length > 0)
  addEntry(ann.doc, 'by Ann, later')
  await ann.until(() => ann.statuses.length === 3)

  expect(bob.closes).toEqual(['refused:foreign-client-id'])
  const carl = await server.device(document).sync('carl')
  expect(titles(carl.doc)).toEqual(['by Ann', 'by Ann, later'])
})

test('a client id that is known to be foreign costs no statement of the log, after a restart neither', async () => {
  const document = newDocumentName()
  const ann = await server.device(document).sync('ann')
  addEntry(ann.doc, 'by Ann')
  await ann.until(() => ann.statuses.length === 2)

  const restarted = await database.start()
  const bob = await restarted.device(document).sync('bob')
  bob.sendUpdate(bytes(1, 1, ann.doc.clientID, Y.getState(ann.doc.store, ann.doc.clientID), 0, 100, 0))
  await bob.until(() => bob.closes.length > 0)
  expect([bob.closes, restarted.sync.stats().commits]).toEqual([['refused:foreign-client-id'], 0])
})

test('two users who claim one client id at once: one is taken, the other refused', async () => {
  const document = newDocumentName()
  const ann = await server.device(document).sync('ann')
  const bob = await server.device(document).sync('bob')
  ann.sendUpdate(updateOf((doc) => addEntry(doc, 'a'), 4711))
  bob.sendUpdate(updateOf((doc) => addEntry(doc, 'b'), 4711))
  await ann.until(() => ann.statuses.length === 2 || ann.closes.length > 0)
  await bob.until(() => bob.statuses.length === 2 || bob.closes.length > 0)

  expect([...ann.closes, ...bob.closes]).toEqual(['refused:foreign-client-id'])
  const rows = await database.pool.query('select 1 from doc_updates where doc = $1', [document])
  expect(rows.rowCount).toBe(1)
})

test('an update sent before the handshake brought what it builds on waits for it, and is answered in order', async () => {
  const document = newDocumentName()
  const device = server.device(document)
  device.answersHandshake = false
  await device.opened()
  device.authenticate('ann')
  await device.until(() => device.stateless.length === 1)
  addEntry(device.doc, 'offline')
  const before = Y.encodeStateVector(device.doc)
  addEntry(device.doc, 'typed while connecting')
  device.sendUpdate(Y.encodeStateAsUpdate(device.doc, before))
  await server.device(newDocumentName()).sync('ann')
  expect(device.statuses).toEqual([])

  device.stepTwo()
  await device.until(() => device.statuses.length === 2)
  const peer = await server.device(document).sync('ann')
  expect(titles(peer.doc)).toEqual(['offline', 'typed while connecting'])
  expect(device.closes).toEqual([])
})

test('a deletion that the log holds already is not written again', async () => {
  const document = newDocumentName()
  const device = await server.device(document).sync('ann')
  for (let n = 0; n < 20; n++) addEntry(device.doc, `entry ${n}`)
  overrideEntries(device.doc, 3, 5)
  overrideEntries(device.doc, 9, 3)
  await device.until(() => device.statuses.length === 23)

  const again = await server.device(document, device.doc).sync('ann')
  expect(again.statuses).toEqual([true])
  const offline = new Y.Doc()
  Y.applyUpdate(offline, Y.encodeStateAsUpdate(device.doc))
  overrideEntries(offline, 0, 1)
  await server.device(document, offline).sync('ann')
  again.stepTwo()
  await again.until(() => again.statuses.length >= 2)

  const rows = await database.pool.query('select bytes from doc_updates where doc = $1 order by seq', [document])
  expect(rows.rowCount).toBe(23)
  // One range of its deletions is left: the client takes up to five bytes, everything else one each.
  const deletions = Y.decodeUpdate(rows.rows[22].bytes).ds.clients
  expect([...deletions.values()].flat().map(({ len }) => len)).toEqual([1])
})
