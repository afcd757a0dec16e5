import { accountExportSchema, accountSchema, signedInDeviceListSchema } from '@questlog/shared/protocol/account'
import { type SessionResponse, sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { problemSchema } from '@questlog/shared/protocol/problem'
import { workspaceListSchema, workspaceSchema } from '@questlog/shared/protocol/workspaces'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Device } from '../../sync/testing/device.ts'
import { addEntry } from '../../sync/testing/entries.ts'
import { mailSettings, startMailServer, type TestMailServer } from '../../testing/mail-server.ts'
import { startTestServer, type TestServer } from '../../testing/server.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

let mailServer: TestMailServer
let server: TestServer
let person = 0
beforeAll(async () => {
  mailServer = await startMailServer()
  server = await startTestServer(mailSettings(mailServer))
})
afterAll(async () => {
  await server.stop()
  await mailServer.stop()
})
beforeEach(() => {
  person += 1
})

const email = (name = 'ana') => `${name}${person}@example.org`

async function signIn(name = 'ana', more: object = {}): Promise<SessionResponse> {
  const body = { email: email(name), password: 'correct horse', displayName: name, client: 'native', ...more }
  return sessionResponseSchema.parse(
    await (await server.post('/api/v1/auth/register', body, { 'user-agent': FIREFOX })).json(),
  )
}

async function send(session: SessionResponse, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${session.accessToken}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

async function devices(session: SessionResponse) {
  return signedInDeviceListSchema.parse(await (await send(session, 'GET', '/auth/sessions')).json()).items
}

async function workspaces(session: SessionResponse) {
  return workspaceListSchema.parse(await (await send(session, 'GET', '/workspaces')).json()).items
}

async function makeParty(session: SessionResponse, name: string) {
  const made = await send(session, 'POST', '/workspaces', { name, kind: 'party' })
  return workspaceSchema.parse(await made.json())
}

async function join(session: SessionResponse, workspaceId: string, role: string): Promise<void> {
  const join = 'insert into memberships (workspace_id, user_id, role) values ($1, $2, $3)'
  await server.database.pool.query(join, [workspaceId, session.user.id, role])
}

async function open(session: SessionResponse, document: string): Promise<Device> {
  return new Device(`${server.url.replace('http', 'ws')}/sync`, document).sync(session.accessToken)
}

async function refusal(response: Response) {
  const { code, parties } = problemSchema.parse(await response.json())
  return { code, ...(parties && { parties }) }
}

test('a person sees their devices as they signed in, and which one asks', async () => {
  const laptop = await signIn('ana', { deviceName: '  Ana’s laptop ' })
  server.clock.now += 1_000
  const phone = await signIn()
  const list = await devices(laptop)
  expect(list).toMatchObject([
    { deviceName: null, userAgent: 'Firefox on Linux', network: '127.0.0.0/24', current: false },
    { deviceName: 'Ana’s laptop', client: 'native', userAgent: 'Firefox on Linux', current: true },
  ])
  await server.post('/api/v1/auth/refresh', { refreshToken: phone.refreshToken })
  expect((await devices(phone)).map(({ current }) => current)).toEqual([true, false])
  const broken = { email: email(), password: 'correct horse', deviceName: 'two\nlines' }
  expect((await server.post('/api/v1/auth/login', broken)).status).toBe(400)
})

test('a device that is signed out from another one is cut off at once, its socket included', async () => {
  const here = await signIn()
  const there = await signIn()
  const [personal] = await workspaces(here)
  const socket = await open(there, personal?.document ?? '')
  const id = (await devices(there)).find(({ current }) => current)?.id
  expect((await send(here, 'DELETE', `/auth/sessions/${id}`)).status).toBe(204)
  await socket.until(() => socket.closes.length > 0)
  expect(socket.closes).toEqual(['refused:signed-out'])
  expect((await send(there, 'GET', '/users/me')).status).toBe(401)
  expect(await refusal(await send(here, 'DELETE', `/auth/sessions/${id}`))).toEqual({ code: 'not-found' })
  socket.socket.terminate()
})

test('a device has the name its person gives it, until they take it away', async () => {
  const ana = await signIn()
  const eve = await signIn('eve')
  const own = async () => (await devices(ana)).find(({ current }) => current)
  const path = `/auth/sessions/${(await own())?.id}`
  expect((await send(ana, 'PATCH', path, { deviceName: ' Laptop at work ' })).status).toBe(204)
  expect((await own())?.deviceName).toBe('Laptop at work')
  expect(await refusal(await send(eve, 'PATCH', path, { deviceName: 'Mine' }))).toEqual({ code: 'not-found' })
  for (const deviceName of ['', 'two\nlines', 'x'.repeat(101)]) {
    expect((await send(ana, 'PATCH', path, { deviceName })).status).toBe(400)
  }
  expect((await send(ana, 'PATCH', path, { deviceName: null })).status).toBe(204)
  expect((await own())?.deviceName).toBeNull()
})

test('devices of somebody else cannot be signed out', async () => {
  const ana = await signIn()
  const eve = await signIn('eve')
  const [device] = await devices(ana)
  expect(await refusal(await send(eve, 'DELETE', `/auth/sessions/${device?.id}`))).toEqual({ code: 'not-found' })
  expect((await send(ana, 'GET', '/users/me')).status).toBe(200)
})

test('all other devices can be signed out in one go', async () => {
  const here = await signIn()
  const others = [await signIn(), await signIn()]
  expect((await send(here, 'DELETE', '/auth/sessions')).status).toBe(204)
  expect((await devices(here)).map(({ current }) => current)).toEqual([true])
  for (const other of others) expect((await send(other, 'GET', '/users/me')).status).toBe(401)
})

test('the name people see can be changed', async () => {
  const session = await signIn()
  const changed = await send(session, 'PATCH', '/users/me', { displayName: ' Anastasia ' })
  expect(accountSchema.parse(await changed.json())).toMatchObject({
    displayName: 'Anastasia',
    email: email(),
    hasPassword: true,
    sendsMail: true,
  })
})

test('the export holds what the server holds of a person, and nothing that is secret or somebody else’s', async () => {
  const ana = await signIn('ana', { deviceName: 'Laptop' })
  const bob = await signIn('bob')
  const [personal] = await workspaces(ana)
  const shared = await makeParty(bob, 'Bob’s party')
  await join(ana, shared.id, 'member')
  const [mine, theirs] = [await open(ana, personal?.document ?? ''), await open(ana, shared.document)]
  const bobs = await open(bob, shared.document)
  for (const [device, title] of [
    [mine, 'Ana’s quest'],
    [theirs, 'Ana in the party'],
    [bobs, 'Bob in the party'],
  ] as const) {
    const acknowledged = device.statuses.length
    device.doc.getArray('quests').push([[title.replaceAll(/\W/g, ''), Date.now() * 1024, { title, createdAt: 1 }]])
    await device.until(() => device.statuses.length > acknowledged)
  }
  const response = await send(ana, 'GET', '/users/me/export')
  expect(response.headers.get('content-disposition')).toContain('attachment')
  const text = await response.text()
  const exported = accountExportSchema.parse(JSON.parse(text))
  expect(exported.account).toMatchObject({ email: email(), displayName: 'ana' })
  expect(exported.sessions).toMatchObject([{ deviceName: 'Laptop', current: true }])
  expect(exported.memberships.map(({ name, role }) => [name, role]).sort()).toEqual([
    ['Bob’s party', 'member'],
    ['ana', 'owner'],
  ])
  expect(exported.workspaces.map(({ id }) => id)).toEqual([personal?.id])
  const doc = new Y.Doc()
  for (const update of exported.documents[0]?.updates ?? []) Y.applyUpdate(doc, Buffer.from(update, 'base64'))
  expect(JSON.stringify(doc.getArray('quests'))).toContain('Ana’s quest')
  expect(exported.securityEvents.map(({ kind }) => kind)).toContain('registered')
  expect(text).not.toContain('plain:')
  expect(text).not.toContain('Bob in the party')
  for (const device of [mine, theirs, bobs]) device.socket.terminate()
})

test('a deleted account takes everything of its own along, and what it wrote for others stays', async () => {
  const ana = await signIn()
  const bob = await signIn('bob')
  await mailServer.next(email())
  const [personal] = await workspaces(ana)
  const shared = await makeParty(bob, 'Bob’s party')
  await join(ana, shared.id, 'member')
  const own = await open(ana, personal?.document ?? '')
  const inParty = await open(ana, shared.document)
  const settings = await open(ana, `u:${ana.user.id}:1`)
  for (const device of [own, inParty, settings]) {
    const acknowledged = device.statuses.length
    addEntry(device.doc, 'By Ana')
    await device.until(() => device.statuses.length > acknowledged)
  }
  const bobs = await open(bob, shared.document)

  expect(await refusal(await send(ana, 'DELETE', '/users/me', { password: 'wrong horse' }))).toEqual({
    code: 'wrong-password',
  })
  expect((await send(ana, 'DELETE', '/users/me', { password: 'correct horse' })).status).toBe(204)
  for (const device of [own, inParty, settings]) {
    await device.until(() => device.closes.length > 0)
    // Sockets that are still open try to write it all back.
    addEntry(device.doc, 'still here')
    device.stepTwo()
  }
  expect((await mailServer.next(email())).subject).toBe('Your account was deleted')
  expect((await send(ana, 'GET', '/users/me')).status).toBe(401)
  const login = await server.post('/api/v1/auth/login', { email: email(), password: 'correct horse' })
  expect(await refusal(login)).toEqual({ code: 'invalid-credentials' })

  const left = await server.database.pool.query(
    `select 'updates' as kind, count(*)::int as n from doc_updates where doc like $1 or doc like $2
      union all select 'workspaces', count(*)::int from workspaces where id = $3
      union all select 'memberships', count(*)::int from memberships where user_id = $4
      union all select 'families', count(*)::int from token_families where user_id = $4
      union all select 'tokens', count(*)::int from account_tokens where user_id = $4`,
    [`w:${personal?.id}:%`, `u:${ana.user.id}:%`, personal?.id, ana.user.id],
  )
  expect(left.rows.map(({ n }) => n)).toEqual([0, 0, 0, 0, 0])
  expect(JSON.stringify(bobs.doc.getArray('quests'))).toContain('By Ana')
  expect(bobs.closes).toEqual([])

  // The device that made the workspace may not claim it again, and comes back with a fresh one.
  const again = await signIn('ana', { workspaceId: personal?.id })
  expect((await workspaces(again)).map(({ id }) => id)).not.toContain(personal?.id)
  for (const device of [own, inParty, settings, bobs]) device.socket.terminate()
})

test('parties that nobody else owns are named first, and go with the account only when that is asked for', async () => {
  const ana = await signIn()
  const bob = await signIn('bob')
  const alone = await makeParty(ana, 'Only mine')
  const together = await makeParty(ana, 'Ours')
  await join(bob, alone.id, 'admin')
  await join(bob, together.id, 'owner')
  const bobs = await open(bob, alone.document)

  expect(await refusal(await send(ana, 'DELETE', '/users/me', { password: 'correct horse' }))).toEqual({
    code: 'sole-owner',
    parties: [{ id: alone.id, name: 'Only mine' }],
  })
  expect((await send(ana, 'GET', '/users/me')).status).toBe(200)
  const deleted = await send(ana, 'DELETE', '/users/me?deleteParties=true', { password: 'correct horse' })
  expect(deleted.status).toBe(204)
  await bobs.until(() => bobs.closes.length > 0)
  expect(bobs.closes).toEqual(['refused:not-found'])
  expect((await workspaces(bob)).map(({ name }) => name).sort()).toEqual(['Ours', 'bob'])
  bobs.socket.terminate()
})

test('a session alone deletes an account only shortly after signing in', async () => {
  const session = await signIn()
  server.clock.now += 11 * 60_000
  expect(await refusal(await send(session, 'DELETE', '/users/me'))).toEqual({ code: 'sign-in-too-old' })
  const fresh = await signIn()
  expect((await send(fresh, 'DELETE', '/users/me')).status).toBe(204)
})
