import { accountExportSchema } from '@questlog/shared/protocol/account'
import { workspaceListSchema } from '@questlog/shared/protocol/workspaces'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { trimEndedEpochs } from '../sync/epochs/trim-epochs.ts'
import { Device } from '../sync/testing/device.ts'
import { endEpoch } from '../sync/testing/end-epoch.ts'
import { addEntry, titles } from '../sync/testing/entries.ts'
import { joinParty, makeParty, makePerson, type Person } from '../testing/people.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

const YEAR_MS = 365 * 24 * 60 * 60 * 1000

let server: TestServer
let owner: Person
let party: { readonly id: string; readonly document: string }
let devices: Device[]

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())
beforeEach(async () => {
  owner = await makePerson(server, 'Ann')
  party = await makeParty(owner)
  devices = []
  return () => {
    for (const device of devices) device.socket.terminate()
  }
})

async function open(document: string, person = owner): Promise<Device> {
  const device = new Device(`${server.url.replace('http', 'ws')}/sync`, document)
  devices.push(device)
  return device.sync(person.token)
}

/** A device that has written a quest into the party's first document, which then ended. */
async function writeAndEnd(title: string): Promise<Device> {
  const device = await open(party.document)
  addEntry(device.doc, title)
  await device.until(() => device.statuses.length === 2)
  expect(await endEpoch(server.database.pool, party.id)).toBe(1)
  return device
}

function final(epoch: number | string, person = owner): Promise<Response> {
  return server.get(`/api/v1/workspaces/${party.id}/epochs/${epoch}/final`, person.token)
}

async function documentListed(): Promise<string | undefined> {
  const answer = await server.get('/api/v1/workspaces', owner.token)
  return workspaceListSchema.parse(await answer.json()).items.find(({ id }) => id === party.id)?.document
}

async function yearsLater(ms: number): Promise<void> {
  await server.database.pool.query(
    "update doc_heads set ended_at = ended_at - $2 * interval '1 millisecond' where doc = $1",
    [party.document, ms],
  )
  await trimEndedEpochs({ pool: server.database.pool, limits: { keepLogMs: 1, keepFinalMs: 400 * (YEAR_MS / 365) } })
}

test('the document of an epoch that is over is answered whole, and that of the current one is not there', async () => {
  const device = await writeAndEnd('Before')
  const answer = await final(1)
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
    200,
    'application/octet-stream',
    'no-store',
  ])
  const doc = new Y.Doc()
  Y.applyUpdate(doc, await answer.bytes())
  expect(Y.encodeStateVector(doc)).toEqual(Y.encodeStateVector(device.doc))
  expect(titles(doc)).toEqual(['Before'])
  expect([(await final(2)).status, (await final(3)).status, (await final('none')).status]).toEqual([404, 404, 400])
})

test('viewers get it, guests and strangers do not', async () => {
  await writeAndEnd('Before')
  const viewer = await makePerson(server, 'Vera')
  const guest = await makePerson(server, 'Gus')
  await joinParty(owner, party.id, viewer, 'viewer')
  await joinParty(owner, party.id, guest, 'guest')
  const stranger = await makePerson(server, 'Eve')
  const statuses = await Promise.all([viewer, guest, stranger].map(async (person) => (await final(1, person)).status))
  expect(statuses).toEqual([200, 403, 404])
})

test('a request for the workspace names its new document, and the old one is refused with that name', async () => {
  await writeAndEnd('Before')
  const next = `w:${party.id}:2`
  expect(await documentListed()).toBe(next)
  await expect(open(party.document)).rejects.toThrow('refused:old-epoch:2')
  expect(titles((await open(next)).doc)).toEqual(['Before'])
})

test('the final state outlives the log by far, and is gone after 400 days; the old document stays refused', async () => {
  await writeAndEnd('Before')
  await yearsLater(YEAR_MS)
  const left = 'select seq from doc_updates where doc = $1'
  expect((await server.database.pool.query(left, [party.document])).rowCount).toBe(0)
  expect((await final(1)).status).toBe(200)
  await yearsLater(YEAR_MS)
  expect((await final(1)).status).toBe(404)
  await expect(open(party.document)).rejects.toThrow('refused:old-epoch:2')
  expect(titles((await open(`w:${party.id}:2`)).doc)).toEqual(['Before'])
})

test('an export has the documents of all epochs that are still kept', async () => {
  await writeAndEnd('Before')
  const exported = async () => {
    const answer = await server.get('/api/v1/users/me/export', owner.token)
    const { documents } = accountExportSchema.parse(await answer.json())
    return documents.map(({ name }) => name).filter((name) => name.includes(party.id))
  }
  const next = `w:${party.id}:2`
  expect(await exported()).toEqual([party.document, next])
  await yearsLater(2 * YEAR_MS)
  expect(await exported()).toEqual([next])
})

test('a deleted workspace leaves nothing of any epoch', async () => {
  const device = await writeAndEnd('Before')
  const moved = await open(`w:${party.id}:2`)
  const response = await fetch(`${server.url}/api/v1/workspaces/${party.id}?name=Friends`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${owner.token}` },
  })
  expect(response.status).toBe(204)
  await moved.until(() => moved.closes.length > 0)
  await device.until(() => device.closes.length > 0)
  expect(moved.closes).toEqual(['refused:not-found'])
  for (const table of ['doc_updates', 'doc_snapshots', 'doc_clients']) {
    const found = await server.database.pool.query(`select from ${table} where doc like $1`, [`w:${party.id}:%`])
    expect([table, found.rowCount]).toEqual([table, 0])
  }
})
