import { notesUpdate } from '@questlog/shared/store/merge-notes'
import { MERGED_CLIENT } from '@questlog/shared/store/note-stream'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { openQueries } from '../db/tables.ts'
import { appendInTransaction } from '../log/append-transaction.ts'
import type { Device } from './testing/device.ts'
import { addEntry, titles, updateOf } from './testing/entries.ts'
import { newDocumentName } from './testing/start-sync.ts'
import { useSync } from './testing/use-sync.ts'

const { database, server } = useSync('file')

const NOTE = 'note:q1'
const nextEpoch = (document: string) => document.replace(/1$/, '2')
const forged = (client: number, text = 'forged') => updateOf((doc) => doc.getText(NOTE).insert(0, text), client)

/** What became of an update: `taken`, or why it was refused. */
async function outcomeOf(device: Device, update: Uint8Array): Promise<string> {
  const before = device.statuses.length
  device.sendUpdate(update)
  await device.until(() => device.statuses.length > before || device.closes.length > 0)
  return device.closes.at(-1) ?? 'taken'
}

async function send(user: string, document: string, update: Uint8Array): Promise<string> {
  return outcomeOf(await server.device(document).sync(user), update)
}

/** The note as a device that opens the document now reads it. */
async function noteIn(document: string): Promise<string> {
  return (await server.device(document).sync('reader')).doc.getText(NOTE).toString()
}

/** A device that wrote a note in the first epoch, and what it would carry into the next one. */
async function writeNote(user: string, text: string): Promise<{ device: Device; carried: Uint8Array; id: number }> {
  const device = await server.device(newDocumentName()).sync(user)
  device.doc.getText(NOTE).insert(0, text)
  await device.until(() => device.statuses.length === 2)
  const carried = notesUpdate(device.doc, new Y.Doc())
  if (carried === null) throw new Error('nothing to carry over')
  return { device, carried, id: device.doc.clientID }
}

test('[R31] a member who writes first under the carried id of somebody else is refused, and the text arrives', async () => {
  const { device, carried, id } = await writeNote('ann', 'by Ann')
  const next = nextEpoch(device.document)
  expect(await send('mallory', next, forged(id + MERGED_CLIENT))).toBe('refused:foreign-client-id')
  expect(await send('ann', next, carried)).toBe('taken')
  expect(await noteIn(next)).toBe('by Ann')
})

test('[R31] it is refused in the document in which its writer wrote, too', async () => {
  const { device, id } = await writeNote('ann', 'by Ann')
  expect(await send('mallory', device.document, forged(id + MERGED_CLIENT))).toBe('refused:foreign-client-id')
})

test('[R31] nobody writes in a later epoch under an id that somebody else wrote with in an earlier one', async () => {
  const { device, id } = await writeNote('ann', 'by Ann')
  const next = nextEpoch(device.document)
  expect(await send('mallory', next, forged(id))).toBe('refused:foreign-client-id')
  expect(await send('ann', next, forged(id))).toBe('taken')
})

test('[R31] an id of an earlier epoch stays with its first owner, whatever was claimed since', async () => {
  const { device, carried, id } = await writeNote('ann', 'by Ann')
  const next = nextEpoch(device.document)
  await send(
    'ben',
    next,
    updateOf((doc) => addEntry(doc, 'by Ben')),
  )
  await database.pool.query('insert into doc_clients (doc, client_id, user_id) values ($1, $2, $3)', [
    next,
    id,
    'mallory',
  ])
  expect(await send('ann', next, carried)).toBe('taken')
})

test('[R31] what the server carried still belongs to its writer, who alone adds the rest', async () => {
  const { device, carried, id } = await writeNote('ann', 'by Ann')
  const next = nextEpoch(device.document)
  const update = { document: next, after: 0, bytes: carried, userId: 'server', clientId: 4711 }
  await openQueries(database.pool)
    .transaction()
    .execute((transaction) => appendInTransaction(transaction, [update]))
  const unsent = new Y.Doc()
  Y.applyUpdate(unsent, Y.encodeStateAsUpdate(device.doc))
  unsent.clientID = id
  unsent.getText(NOTE).insert(6, ', offline')
  const rest = notesUpdate(unsent, new Y.Doc()) ?? new Uint8Array()
  expect(await send('mallory', next, rest)).toBe('refused:foreign-client-id')
  expect(await send('ann', next, rest)).toBe('taken')
  expect(await noteIn(next)).toBe('by Ann, offline')
})

test('[R31] text that no document knows belongs to the first who brings it, on every process', async () => {
  const document = newDocumentName()
  const local = new Y.Doc()
  local.getText(NOTE).insert(0, 'offline')
  const shorter = notesUpdate(local, new Y.Doc()) ?? new Uint8Array()
  local.getText(NOTE).insert(7, ', and more')
  const longer = notesUpdate(local, new Y.Doc()) ?? new Uint8Array()
  expect(await send('ann', document, shorter)).toBe('taken')
  const other = await database.start()
  expect(await outcomeOf(await other.device(document).sync('ben'), shorter)).toBe('taken')
  expect(await outcomeOf(await other.device(document).sync('ben'), longer)).toBe('refused:foreign-client-id')
  // The id under which the text was written belongs to the same owner: text under it would count as the same.
  expect(await outcomeOf(await other.device(document).sync('ben'), forged(local.clientID))).toBe(
    'refused:foreign-client-id',
  )
  expect(await send('ann', document, longer)).toBe('taken')
  expect(await noteIn(document)).toBe('offline, and more')
})

test('[R31] of two people who carry the same text at once, one is taken and the other refused', async () => {
  const document = newDocumentName()
  const [ann, ben] = [await server.device(document).sync('ann'), await server.device(document).sync('ben')]
  const id = 77 + MERGED_CLIENT
  const outcomes = await Promise.all([outcomeOf(ann, forged(id, 'by Ann')), outcomeOf(ben, forged(id, 'by Ben'))])
  expect(outcomes.sort()).toEqual(['refused:foreign-client-id', 'taken'])
})

test('[R31] an id that no writer can have is refused', async () => {
  const document = newDocumentName()
  expect(await send('mallory', document, forged(7 + 2 * MERGED_CLIENT))).toBe('refused:malformed')
})

test("[R31] ids of the server's own text are nobody's to carry", async () => {
  const document = newDocumentName()
  const update = { document, after: 0, bytes: forged(815, 'by REST'), userId: 'ann', clientId: 815 }
  await openQueries(database.pool)
    .transaction()
    .execute((transaction) => appendInTransaction(transaction, [update]))
  for (const id of [815, 815 + MERGED_CLIENT]) {
    for (const name of [document, nextEpoch(document)]) {
      expect(await send('ann', name, forged(id, 'longer than what is there'))).toBe('refused:foreign-client-id')
    }
  }
})

test('[R31] a device that comes from another process may bring what others wrote there, and this one has yet to read', async () => {
  const document = newDocumentName()
  const behind = await database.start()
  // Open there, and does not hear what is written here.
  const reader = await behind.device(document).sync('reader')
  const ben = await server.device(document).sync('ben')
  addEntry(ben.doc, 'by Ben')
  await reader.close()
  const before = await behind.device(document).sync('reader')
  const ann = await server.device(document).sync('ann')
  addEntry(ben.doc, 'by Ben, later')
  addEntry(ann.doc, 'by Ann')
  await ann.until(() => titles(ann.doc).length === 3 && ann.statuses.length === 2)
  await ann.close()
  const back = await behind.device(document, ann.doc).sync('ann')
  expect([back.closes, titles(back.doc)]).toEqual([[], ['by Ann', 'by Ben', 'by Ben, later']])
  await before.close()
})
