import { newId } from '@questlog/shared/domain/kernel/ids'
import { questSchema } from '@questlog/shared/protocol/quests'
import { openQuestDocument, type QuestDocument } from '@questlog/shared/store/quest-document'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Person, registerPerson } from '../records/testing/person.ts'
import { Device } from '../sync/testing/device.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
let ana: Person
let device: Device
let document: QuestDocument
beforeEach(async () => {
  server = await startTestServer()
  ana = await registerPerson(server)
  device = await new Device(`${server.url.replace('http', 'ws')}/sync`, ana.document).sync(ana.token)
  document = openQuestDocument(device.doc, { now: Date.now })
})
afterEach(async () => {
  device.socket.terminate()
  await server.stop()
})

/** Writes on the device, and waits until that is acknowledged. */
async function write(id: string, patch: Record<string, string | number>): Promise<void> {
  const before = device.statuses.length
  document.write([{ table: 'quests', id, patch }])
  await device.until(() => device.statuses.length > before)
}

test('what is written over REST comes to the open sockets', async () => {
  const { id } = await ana.makeQuest({ title: 'From a script', notes: 'Hello' })
  await device.until(() => document.record('quests', id)?.title === 'From a script')
  await device.until(() => device.doc.getText(`note:${id}`).toString() === 'Hello')
  await ana.call('POST', `/quests/${id}/complete`)
  await device.until(() => document.record('completions', `${id}:once`) !== undefined)
})

test('what a socket was told is saved is in the next answer', async () => {
  for (let n = 0; n < 20; n++) {
    const id = newId()
    await write(id, { title: `Quest ${n}`, createdAt: n + 1 })
    expect((await ana.quest(id)).title).toBe(`Quest ${n}`)
    await write(id, { title: `Changed ${n}` })
    expect(await ana.titles(`text=changed%20${n}`)).toEqual([`Changed ${n}`])
  }
})

test('a script that read before a device wrote is told so', async () => {
  const { id } = await ana.makeQuest({ title: 'Shared' })
  const read = await ana.call('GET', `/quests/${id}`)
  await device.until(() => document.record('quests', id) !== undefined)
  await write(id, { title: 'By hand' })
  const headers = { 'if-match': read.headers.get('etag') ?? '' }
  expect(await ana.refusal('PATCH', `/quests/${id}`, { title: 'By script' }, headers)).toEqual({
    code: 'precondition-failed',
  })
  const merged = await ana.ask(questSchema, 'PATCH', `/quests/${id}`, { priority: 1 })
  expect(merged).toMatchObject({ title: 'By hand', priority: 1 })
})

test('notes written at both ends at once are all kept', async () => {
  const { id } = await ana.makeQuest({ title: 'Notes', notes: 'middle' })
  await device.until(() => device.doc.getText(`note:${id}`).toString() === 'middle')
  const before = device.statuses.length
  device.doc.getText(`note:${id}`).insert(0, 'start ')
  await ana.call('PATCH', `/quests/${id}`, { notes: 'middle end' })
  await device.until(() => device.statuses.length > before)
  await device.until(() => device.doc.getText(`note:${id}`).toString().endsWith('end'))
  const { notes } = await ana.quest(id)
  expect(notes).toBe(device.doc.getText(`note:${id}`).toString())
  expect(notes).toContain('end')
})
