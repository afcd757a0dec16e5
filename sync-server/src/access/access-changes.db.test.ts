import { afterEach, beforeEach, expect, test } from 'vitest'
import { Device } from '../sync/testing/device.ts'
import { addEntry, titles } from '../sync/testing/entries.ts'
import { joinParty, makeParty, makePerson, type Person } from '../testing/people.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

// Two whole servers on one database: what is changed over REST at one holds for devices connected to the other.

const SECOND = 1_000

let one: TestServer
let two: TestServer
let devices: Device[]
let owner: Person
let member: Person
let party: { readonly id: string; readonly document: string }
beforeEach(async () => {
  one = await startTestServer({ ADMIN_EMAILS: 'root@example.org' })
  two = await startTestServer({ DATABASE_URL: one.database.url, ADMIN_EMAILS: 'root@example.org' })
  devices = []
  owner = await makePerson(one, 'Olga')
  member = await makePerson(one, 'Mia')
  party = await makeParty(owner)
  await joinParty(owner, party.id, member, 'member')
})
afterEach(async () => {
  for (const device of devices) device.socket.terminate()
  await two.stop()
  await one.stop()
})

async function connect(server: TestServer, person: Person): Promise<Device> {
  const device = new Device(`${server.url.replace('http', 'ws')}/sync`, party.document)
  devices.push(device)
  return device.sync(person.token)
}

/** Asks, and measures from then to the effect. */
async function within(ask: Promise<readonly [number, unknown]>, effect: () => Promise<void>): Promise<number> {
  const askedAt = performance.now()
  const [[status]] = await Promise.all([ask, effect()])
  expect(status).toBe(204)
  return performance.now() - askedAt
}

test('who is removed at one server loses the document at the other within a second, with nothing lost of others', async () => {
  const [removed, staying] = [await connect(two, member), await connect(two, owner)]
  const took = await within(owner.ask('DELETE', `/workspaces/${party.id}/members/${member.id}`), () =>
    removed.until(() => removed.closes.length > 0),
  )
  expect(took).toBeLessThan(SECOND)
  expect(removed.closes).toEqual(['refused:not-found'])
  addEntry(removed.doc, 'too late')
  addEntry(staying.doc, 'still here')
  await staying.until(() => staying.statuses.length === 2)
  expect(titles((await connect(one, owner)).doc)).toEqual(['still here'])
})

test('who is made a viewer at one server writes nothing at the other within a second', async () => {
  const lowered = await connect(two, member)
  lowered.isAuthenticated = false
  const took = await within(
    owner.ask('PATCH', `/workspaces/${party.id}/members/${member.id}`, { role: 'viewer' }),
    () => lowered.until(() => lowered.isAuthenticated),
  )
  expect(took).toBeLessThan(SECOND)
  addEntry(lowered.doc, 'too late')
  await lowered.until(() => lowered.closes.length > 0)
  expect(lowered.closes).toEqual(['refused:role'])
})

test('who is made a guest, or leaves, loses the document', async () => {
  const guest = await connect(two, member)
  await owner.ask('PATCH', `/workspaces/${party.id}/members/${member.id}`, { role: 'guest' })
  await guest.until(() => guest.closes.length > 0)
  expect(guest.closes).toEqual(['refused:not-found'])
  await owner.ask('PATCH', `/workspaces/${party.id}/members/${member.id}`, { role: 'member' })
  const leaving = await connect(two, member)
  expect(await member.ask('POST', `/workspaces/${party.id}/leave`)).toEqual([204, null])
  await leaving.until(() => leaving.closes.length > 0)
  expect(leaving.closes).toEqual(['refused:not-found'])
})

test('a deleted party closes for everybody, and nothing written to it meanwhile comes back', async () => {
  const [mine, theirs] = [await connect(one, owner), await connect(two, member)]
  const took = await within(owner.ask('DELETE', `/workspaces/${party.id}?name=Friends`), async () => {
    await mine.until(() => mine.closes.length > 0)
    await theirs.until(() => theirs.closes.length > 0)
  })
  expect(took).toBeLessThan(SECOND)
  expect([mine.closes, theirs.closes]).toEqual([['refused:not-found'], ['refused:not-found']])
  addEntry(theirs.doc, 'too late')
  await expect(connect(two, member)).rejects.toThrow('refused:not-found')
  const { rowCount } = await one.database.pool.query('select from doc_updates where doc = $1', [party.document])
  expect(rowCount).toBe(0)
})

test('a disabled account is cut off everywhere at once, keeps its data, and can be let in again', async () => {
  const credentials = { email: 'root@example.org', password: 'correct horse', displayName: 'Root', client: 'native' }
  const root = (await (await one.post('/api/v1/auth/register', credentials)).json()) as { accessToken: string }
  const administer = (path: string) =>
    one.post(`/api/v1/admin/users/${member.id}/${path}`, undefined, { authorization: `Bearer ${root.accessToken}` })
  const device = await connect(two, member)
  const [, key] = await member.ask('POST', '/api-keys', { name: 'A script', scope: 'read' })
  const withKey = () => two.get('/api/v1/workspaces', (key as { key: string }).key)
  expect((await withKey()).status).toBe(200)

  expect((await administer('disable')).status).toBe(204)
  const committedAt = performance.now()
  await device.until(() => device.closes.length > 0)
  expect(performance.now() - committedAt).toBeLessThan(SECOND)
  expect(device.closes).toEqual(['refused:signed-out'])
  expect((await member.ask('GET', '/workspaces'))[1]).toBe('signed-out')
  expect((await withKey()).status).toBe(401)
  const login = () =>
    two.post('/api/v1/auth/login', { email: member.email, password: 'correct horse', client: 'native' })
  const refused = await login()
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'account-disabled'])

  expect((await administer('enable')).status).toBe(204)
  expect((await login()).status).toBe(200)
  expect((await withKey()).status).toBe(200)
})
