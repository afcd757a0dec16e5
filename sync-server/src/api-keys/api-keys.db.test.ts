import { apiKeyListSchema, createdApiKeySchema } from '@questlog/shared/protocol/api-keys'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { askWith, joinParty, makeParty, makePerson, type Person } from '../testing/people.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

const MINUTE = 60_000

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

let ana: Person
beforeEach(async () => {
  ana = await makePerson(server, 'Ana')
})

async function makeKey(body: object, person = ana) {
  const [status, made] = await person.ask('POST', '/api-keys', { name: 'A script', ...body })
  if (status !== 201) throw new Error(`the key was answered ${status} ${made}`)
  const { id, key } = createdApiKeySchema.parse(made)
  return { id, key, ask: askWith(server, key) }
}

const listed = async () => apiKeyListSchema.parse((await ana.ask('GET', '/api-keys'))[1]).items

test('a key is shown once, and only its hash is kept', async () => {
  const { id, key } = await makeKey({ scope: 'read' })
  expect(key).toMatch(/^qlk_[0-9A-Z]{26}_[\w-]{43}$/)
  expect(JSON.stringify(await listed())).not.toContain(key)
  const { rows } = await server.database.pool.query(
    'select row_to_json(k)::text as row from api_keys k where id = $1',
    [id],
  )
  expect(rows[0].row).not.toContain(key.split('_').slice(2).join('_'))
})

test('each scope contains the ones below it', async () => {
  const attempts = async (scope: string) => {
    const { ask } = await makeKey({ scope })
    const [read] = await ask('GET', '/workspaces')
    const [, admin] = await ask('POST', '/workspaces', { name: 'By a script', kind: 'party' })
    return [read, typeof admin === 'string' ? admin : 'made']
  }
  expect(await attempts('read')).toEqual([200, 'insufficient-scope'])
  expect(await attempts('write')).toEqual([200, 'insufficient-scope'])
  expect(await attempts('admin')).toEqual([200, 'made'])
})

test('a key for one workspace reaches nothing beside it', async () => {
  const party = await makeParty(ana)
  const other = await makeParty(ana, 'Others')
  const { ask } = await makeKey({ scope: 'admin', workspaceId: party.id })
  const [, seen] = await ask('GET', '/workspaces')
  expect((seen as { items: { id: string }[] }).items.map(({ id }) => id)).toEqual([party.id])
  expect((await ask('GET', `/workspaces/${party.id}/members`))[0]).toBe(200)
  expect(await ask('GET', `/workspaces/${other.id}/members`)).toEqual([404, 'not-found'])
  expect(await ask('POST', '/workspaces', { name: 'More', kind: 'party' })).toEqual([403, 'insufficient-scope'])
  expect(await ask('POST', '/invitations/accept', { token: 'any' })).toEqual([403, 'insufficient-scope'])
})

test('a key is worth what its person is: it ends with their membership', async () => {
  const ben = await makePerson(server, 'Ben')
  const party = await makeParty(ana)
  await joinParty(ana, party.id, ben, 'viewer')
  const { ask } = await makeKey({ scope: 'admin', workspaceId: party.id }, ben)
  expect(await ask('PATCH', `/workspaces/${party.id}`, { name: 'Mine' })).toEqual([403, 'forbidden'])
  await ana.ask('DELETE', `/workspaces/${party.id}/members/${ben.id}`)
  expect(await ask('GET', `/workspaces/${party.id}`)).toEqual([404, 'not-found'])
})

test('keys manage no keys, sessions or security events, and no server', async () => {
  const { id, ask } = await makeKey({ scope: 'admin' })
  const party = await makeParty(ana)
  for (const [method, path, body] of [
    ['GET', '/api-keys'],
    ['POST', '/api-keys', { name: 'More', scope: 'read' }],
    ['DELETE', `/api-keys/${id}`],
    ['GET', '/users/me/security-events'],
    ['GET', '/admin/users'],
    ['DELETE', `/workspaces/${party.id}?name=Friends`],
    ['POST', `/workspaces/${party.id}/transfer-ownership`, { userId: ana.id }],
  ] as const) {
    expect([path, await ask(method, path, body)]).toEqual([path, [403, 'session-required']])
  }
})

test('a key that was revoked, has ended, or is spelt otherwise is worth nothing', async () => {
  const revoked = await makeKey({ scope: 'read' })
  expect(await ana.ask('DELETE', `/api-keys/${revoked.id}`)).toEqual([204, null])
  expect(await ana.ask('DELETE', `/api-keys/${revoked.id}`)).toEqual([404, 'not-found'])
  const ending = await makeKey({ scope: 'read', expiresAt: new Date(server.clock.now + MINUTE).toISOString() })
  expect((await ending.ask('GET', '/workspaces'))[0]).toBe(200)
  await server.database.pool.query('update api_keys set expires_at = $2 where id = $1', [
    ending.id,
    new Date(server.clock.now),
  ])
  const alive = await makeKey({ scope: 'read' })
  const other = alive.key.endsWith('A') ? 'B' : 'A'
  const keys = [revoked.key, ending.key, alive.key.slice(0, -1) + other, `${alive.key}A`, 'qlk_', `qlk_${alive.id}_`]
  for (const key of keys) expect(await askWith(server, key)('GET', '/workspaces')).toEqual([401, 'signed-out'])
  const stranger = await makePerson(server, 'Stan')
  expect(await stranger.ask('DELETE', `/api-keys/${alive.id}`)).toEqual([404, 'not-found'])
})

test('the last use is kept to the minute', async () => {
  const { ask } = await makeKey({ scope: 'read' })
  expect((await listed())[0]?.lastUsedAt).toBe(null)
  const first = server.clock.now
  await ask('GET', '/workspaces')
  server.clock.now += MINUTE - 1
  await ask('GET', '/workspaces')
  expect((await listed())[0]?.lastUsedAt).toBe(new Date(first).toISOString())
  server.clock.now += 1
  await ask('GET', '/workspaces')
  expect((await listed())[0]?.lastUsedAt).toBe(new Date(first + MINUTE).toISOString())
})

test('a key is for a workspace of its own person, for a time to come, and there are fifty at most', async () => {
  const stranger = await makePerson(server, 'Stan')
  const { id: workspaceId } = await makeParty(stranger)
  const make = (body: object) => ana.ask('POST', '/api-keys', { name: 'A script', scope: 'read', ...body })
  expect(await make({ workspaceId })).toEqual([404, 'not-found'])
  expect(await make({ expiresAt: new Date(server.clock.now).toISOString() })).toEqual([400, 'invalid-request'])
  await server.database.pool.query(
    `insert into api_keys (id, user_id, name, secret_hash, scope, created_at)
      select 'k' || n || $1, $1, 'x', '\\x00', 'read', now() from generate_series(1, 50) n`,
    [ana.id],
  )
  expect(await make({})).toEqual([409, 'too-many-api-keys'])
})
