import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { workspaceListSchema, workspaceSchema } from '@questlog/shared/protocol/workspaces'
import { ulid } from 'ulidx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openQueries } from '../db/tables.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { eventually } from '../testing/server-process.ts'
import { authorize } from './authorize.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

interface Person {
  readonly id: string
  readonly token: string
}

async function register(workspaceId?: string): Promise<Person> {
  const email = `${crypto.randomUUID()}@example.org`
  const body = { email, password: 'correct horse', displayName: 'Ana', workspaceId }
  const answer = sessionResponseSchema.parse(await (await server.post('/api/v1/auth/register', body)).json())
  return { id: answer.user.id, token: answer.accessToken }
}

async function workspaces({ token }: Person) {
  return workspaceListSchema.parse(await (await server.get('/api/v1/workspaces', token)).json()).items
}

async function create({ token }: Person, body: object): Promise<[number, string]> {
  const response = await server.post('/api/v1/workspaces', body, { authorization: `Bearer ${token}` })
  const answer: unknown = await response.json()
  const made = workspaceSchema.safeParse(answer)
  return [response.status, made.success ? made.data.id : String((answer as { code: unknown }).code)]
}

async function write(document: string, head: { seq: number; epoch: number }): Promise<void> {
  await server.database.pool.query('insert into doc_heads (doc, seq, epoch) values ($1, $2, $3)', [
    document,
    head.seq,
    head.epoch,
  ])
}

const may = (person: Person, document: string) => authorize(openQueries(server.database.pool), person.id, document)

test('registering claims the workspace made offline', async () => {
  const id = ulid()
  expect(await workspaces(await register(id))).toMatchObject([{ id, kind: 'personal', document: `w:${id}:1` }])
})

test('an id somebody else claimed is not given twice: the account gets its own workspace', async () => {
  const id = ulid()
  await register(id)
  const [own, ...more] = await workspaces(await register(id))
  expect([own?.kind, own?.id === id, more]).toEqual(['personal', false, []])
})

test('an account whose workspace was never written takes the id of one made offline, once or repeated', async () => {
  const person = await register()
  const id = ulid()
  const claim = { id, name: 'Mine', kind: 'personal' }
  expect([await create(person, claim), await create(person, claim)]).toEqual([
    [201, id],
    [201, id],
  ])
  expect(await workspaces(person)).toMatchObject([{ id }])
})

test('a personal workspace in use is never replaced', async () => {
  const person = await register()
  const [own] = await workspaces(person)
  await write(own?.document ?? '', { seq: 1, epoch: 1 })
  expect(await create(person, { id: ulid(), name: 'Mine', kind: 'personal' })).toEqual([
    409,
    'personal-workspace-exists',
  ])
  expect(await workspaces(person)).toEqual([own])
})

test('what a device wrote to a workspace while it was replaced stays in reach', async () => {
  const person = await register()
  const [replaced] = await workspaces(person)
  const id = ulid()
  await create(person, { id, name: 'Mine', kind: 'personal' })
  await write(replaced?.document ?? '', { seq: 1, epoch: 1 })
  expect((await workspaces(person)).map((workspace) => workspace.id).sort()).toEqual([replaced?.id, id].sort())
})

test('a workspace of somebody else cannot be claimed', async () => {
  const id = ulid()
  await register(id)
  const person = await register()
  const own = await workspaces(person)
  for (const kind of ['personal', 'party']) {
    expect(await create(person, { id, name: 'Mine', kind })).toEqual([409, 'workspace-id-taken'])
  }
  expect(await workspaces(person)).toEqual(own)
  expect(await may(person, `w:${id}:1`)).toEqual({ ok: false, error: 'not-found' })
})

test('a party is a further workspace, and its maker owns it', async () => {
  const person = await register()
  const [status, id] = await create(person, { name: 'Friends', kind: 'party' })
  expect([status, await may(person, `w:${id}:1`)]).toEqual([201, { ok: true, value: { role: 'owner' } }])
  expect((await workspaces(person)).map((workspace) => workspace.kind)).toEqual(['personal', 'party'])
})

test('an account has a hundred workspaces at most', async () => {
  const person = await register()
  await server.database.pool.query(
    "insert into workspaces select 'w' || n, 'party', 'Many', $1, now() from generate_series(2, 100) n",
    [person.id],
  )
  expect(await create(person, { name: 'One more', kind: 'party' })).toEqual([409, 'too-many-workspaces'])
})

test('of two workspaces made at the same time only as many are made as are allowed', async () => {
  const person = await register()
  await server.database.pool.query(
    "insert into workspaces select $1 || n, 'party', 'Many', $1, now() from generate_series(2, 99) n",
    [person.id],
  )
  const holder = await server.database.pool.connect()
  await holder.query('begin')
  await holder.query('lock table workspaces in share row exclusive mode')
  const making = [1, 2].map(async () => (await create(person, { name: 'One more', kind: 'party' }))[0])
  await eventually('both are under way', async () => {
    const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    return (await server.database.pool.query(waiting)).rowCount === 2
  })
  await holder.query('commit')
  holder.release()
  expect((await Promise.all(making)).sort()).toEqual([201, 409])
})

test('the database itself keeps an account from a second personal workspace', async () => {
  const person = await register()
  const second = server.database.pool.query("insert into workspaces values ($1, 'personal', 'Two', $2, now())", [
    ulid(),
    person.id,
  ])
  await expect(second).rejects.toThrow('workspaces_one_personal')
})

test('two claims at the same time leave one personal workspace', async () => {
  const person = await register()
  const claims = [1, 2, 3].map(() => create(person, { id: ulid(), name: 'Mine', kind: 'personal' }))
  expect((await Promise.all(claims)).map(([status]) => status)).toEqual([201, 201, 201])
  expect((await workspaces(person)).length).toBe(1)
})

test('a document of others, one that does not exist and no document at all are refused alike', async () => {
  const person = await register()
  const other = await register()
  const [foreign] = await workspaces(other)
  const names = [foreign?.document ?? '', `w:${ulid()}:1`, `u:${other.id}:1`, 'x', `w:${ulid()}:0`]
  const refusals = await Promise.all(names.map((name) => may(person, name)))
  expect(new Set(refusals.map((refusal) => JSON.stringify(refusal)))).toEqual(
    new Set([JSON.stringify({ ok: false, error: 'not-found' })]),
  )
  expect(await may(person, `u:${person.id}:1`)).toEqual({ ok: true, value: { role: 'owner' } })
})

test('an epoch that is over is refused with the current one, and the list names the current document', async () => {
  const person = await register()
  const [own] = await workspaces(person)
  await write(`w:${own?.id}:1`, { seq: 9, epoch: 1 })
  await write(`w:${own?.id}:2`, { seq: 1, epoch: 2 })
  expect(await may(person, `w:${own?.id}:1`)).toEqual({ ok: false, error: { reason: 'old-epoch', currentEpoch: 2 } })
  expect(await may(await register(), `w:${own?.id}:1`)).toEqual({ ok: false, error: 'not-found' })
  expect((await may(person, `w:${own?.id}:2`)).ok).toBe(true)
  expect(await may(person, `w:${own?.id}:3`)).toEqual({ ok: false, error: 'not-found' })
  expect((await workspaces(person))[0]?.document).toBe(`w:${own?.id}:2`)
})

test('what somebody belongs to is stored nowhere on the way', async () => {
  const { token } = await register()
  const made = await server.post(
    '/api/v1/workspaces',
    { name: 'Friends', kind: 'party' },
    { authorization: `Bearer ${token}` },
  )
  const listed = await server.get('/api/v1/workspaces', token)
  expect([made, listed].map(({ headers }) => headers.get('cache-control'))).toEqual(['no-store', 'no-store'])
})

test('a guest opens no document of the workspace, since a document hides nothing', async () => {
  const [owner, guest] = [await register(), await register()]
  const [, id] = await create(owner, { name: 'Friends', kind: 'party' })
  const insert = 'insert into memberships (workspace_id, user_id, role) values ($1, $2, $3)'
  await server.database.pool.query(insert, [id, guest.id, 'guest'])
  expect(await may(guest, `w:${id}:1`)).toEqual({ ok: false, error: 'not-found' })
  await server.database.pool.query("update memberships set role = 'viewer' where user_id = $1", [guest.id])
  expect(await may(guest, `w:${id}:1`)).toEqual({ ok: true, value: { role: 'viewer' } })
})
