import { type SessionResponse, sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { workspaceListSchema } from '@questlog/shared/protocol/workspaces'
import { ulid } from 'ulidx'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Device } from '../sync/testing/device.ts'
import { addEntry, titles } from '../sync/testing/entries.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { eventually } from '../testing/server-process.ts'

const MINUTE = 60_000

let server: TestServer
let devices: Device[]
beforeEach(async () => {
  server = await startTestServer()
  devices = []
})
afterEach(async () => {
  for (const device of devices) device.socket.terminate()
  await server.stop()
})

type Signed = Pick<SessionResponse, 'user' | 'accessToken'> & { readonly refreshToken: string }

async function sign(path: 'register' | 'login' | 'refresh', body: object): Promise<Signed> {
  const response = await server.post(`/api/v1/auth/${path}`, { client: 'native', ...body })
  const session = sessionResponseSchema.parse(await response.json())
  return { ...session, refreshToken: session.refreshToken ?? '' }
}

const credentials = (name: string) => ({ email: `${name}@example.org`, password: 'correct horse', displayName: name })

async function personalDocument({ accessToken }: Signed): Promise<string> {
  const list = workspaceListSchema.parse(await (await server.get('/api/v1/workspaces', accessToken)).json())
  return list.items[0]?.document ?? ''
}

function open(document: string, doc?: Y.Doc): Device {
  const device = new Device(`${server.url.replace('http', 'ws')}/sync`, document, doc)
  devices.push(device)
  return device
}

test.each([
  ['its refresh token', (phone: Signed) => [{ refreshToken: phone.refreshToken }, {}] as const],
  ['its access token', (phone: Signed) => [undefined, { authorization: `Bearer ${phone.accessToken}` }] as const],
])('a logout by %s cuts the connected device off within a second, and no other device', async (_, request) => {
  const phone = await sign('register', credentials('ana'))
  const laptop = await sign('login', credentials('ana'))
  const document = await personalDocument(phone)
  const [lost, kept] = [await open(document).sync(phone.accessToken), await open(document).sync(laptop.accessToken)]

  const askedAt = performance.now()
  expect((await server.post('/api/v1/auth/logout', ...request(phone))).status).toBe(204)
  await lost.until(() => lost.closes.length > 0)
  expect(performance.now() - askedAt).toBeLessThan(1_000)
  expect(lost.closes).toEqual(['refused:signed-out'])

  addEntry(lost.doc, 'after the logout')
  addEntry(kept.doc, 'still here')
  await kept.until(() => kept.statuses.length === 2)
  expect(titles(kept.doc)).toEqual(['still here'])
  await expect(open(document).sync(phone.accessToken)).rejects.toThrow('refused:signed-out')
})

test('a stolen refresh token that is used again cuts the connected device off', async () => {
  const phone = await sign('register', credentials('ana'))
  const device = await open(await personalDocument(phone)).sync(phone.accessToken)
  await sign('refresh', { refreshToken: phone.refreshToken })
  server.clock.now += MINUTE
  expect((await server.post('/api/v1/auth/refresh', { refreshToken: phone.refreshToken })).status).toBe(401)
  await device.until(() => device.closes.length > 0)
  expect(device.closes).toEqual(['refused:signed-out'])
})

test('an access token that ends closes the document, and one renewed in time does not', async () => {
  const stale = await sign('register', credentials('ana'))
  const renewed = await sign('login', credentials('ana'))
  const document = await personalDocument(stale)
  const [ending, going] = [await open(document).sync(stale.accessToken), await open(document).sync(renewed.accessToken)]

  server.clock.now += 14 * MINUTE
  const next = await sign('refresh', { refreshToken: renewed.refreshToken })
  going.authenticate(next.accessToken)
  addEntry(going.doc, 'behind the renewal')
  await going.until(() => going.statuses.length === 2)
  server.clock.now += 2 * MINUTE
  await ending.until(() => ending.closes.length > 0)
  addEntry(going.doc, 'after the first token ended')
  await going.until(() => going.statuses.length === 3)
  expect([ending.closes, going.closes]).toEqual([['refused:signed-out'], []])
})

test('a viewer hears everything and writes nothing', async () => {
  const owner = await sign('register', credentials('ana'))
  const guest = await sign('register', credentials('ben'))
  const document = await personalDocument(owner)
  await server.database.pool.query("insert into memberships values ($1, $2, 'viewer')", [
    document.split(':')[1],
    guest.user.id,
  ])
  const [writer, viewer] = [await open(document).sync(owner.accessToken), await open(document).sync(guest.accessToken)]
  addEntry(writer.doc, 'to be read')
  await viewer.until(() => titles(viewer.doc).length === 1)

  addEntry(viewer.doc, 'not allowed')
  await viewer.until(() => viewer.closes.length > 0)
  expect(viewer.closes).toEqual(['refused:role'])
  const fresh = await open(document).sync(owner.accessToken)
  expect(titles(fresh.doc)).toEqual(['to be read'])
})

test('a log written before the account was made is claimed with it, and belongs to nobody else', async () => {
  const workspaceId = ulid()
  const offline = new Y.Doc()
  addEntry(offline, 'written without an account')
  const owner = await sign('register', { ...credentials('ana'), workspaceId })
  const document = await personalDocument(owner)
  expect(document).toBe(`w:${workspaceId}:1`)
  await open(document, offline).sync(owner.accessToken)

  const laptop = await sign('login', credentials('ana'))
  expect(titles((await open(document).sync(laptop.accessToken)).doc)).toEqual(['written without an account'])
  const stranger = await sign('register', { ...credentials('ben'), workspaceId })
  expect(await personalDocument(stranger)).not.toBe(document)
  await expect(open(document).sync(stranger.accessToken)).rejects.toThrow('refused:not-found')
})

test('while the database is away nothing is acknowledged, and all of it is taken when it is back', async () => {
  const ana = await sign('register', credentials('ana'))
  const document = await personalDocument(ana)
  const device = await open(document).sync(ana.accessToken)

  const outage = await server.database.refuseConnections()
  addEntry(device.doc, 'written meanwhile')
  await device.until(() => device.closes.length > 0 || device.closeCode !== null)
  expect([device.closes, device.statuses]).toEqual([['retry:unavailable'], [true]])
  await expect(open(document).sync(ana.accessToken)).rejects.toThrow('retry:unavailable')
  expect((await server.get('/health/ready')).status).toBe(503)
  expect((await server.get('/api/v1/workspaces', ana.accessToken)).status).toBe(503)

  await outage.end()
  // A failed commit counts for some seconds.
  server.clock.elapsedMs += MINUTE
  await eventually('the server is ready', async () => (await server.get('/health/ready')).status === 200)
  const again = await open(document, device.doc).sync(ana.accessToken)
  expect(again.statuses).toEqual([true])
  expect(titles((await open(document).sync(ana.accessToken)).doc)).toEqual(['written meanwhile'])
})
