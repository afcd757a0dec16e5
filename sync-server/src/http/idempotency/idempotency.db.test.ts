import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openQueries } from '../../db/tables.ts'
import { startTestServer, type TestServer } from '../../testing/server.ts'
import { eventually } from '../../testing/server-process.ts'
import { sweepRecordedAnswers } from './recorded-answers.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

async function register(email = `${crypto.randomUUID()}@example.org`): Promise<string> {
  const body = { email, password: 'correct horse', displayName: 'Ana' }
  return sessionResponseSchema.parse(await (await server.post('/api/v1/auth/register', body)).json()).accessToken
}

/** Makes a party with a key; answers the status, whether it was replayed, and the text. */
async function makeParty(token: string, key: string, name = 'Friends') {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key }
  const response = await server.post('/api/v1/workspaces', { name, kind: 'party' }, headers)
  const { status } = response
  return { status, replayed: response.headers.get('idempotency-replayed'), text: await response.text() }
}

async function parties(token: string): Promise<number> {
  const { items } = (await (await server.get('/api/v1/workspaces', token)).json()) as { items: { kind: string }[] }
  return items.filter((workspace) => workspace.kind === 'party').length
}

test('a repeated write answers the same bytes and writes nothing', async () => {
  const token = await register()
  const first = await makeParty(token, 'key-1')
  const again = await makeParty(token, 'key-1')
  expect(first).toMatchObject({ status: 201, replayed: null })
  expect(again).toEqual({ ...first, replayed: 'true' })
  expect(await parties(token)).toBe(1)
})

/** Runs writes that have all looked for their key before the first may write. */
async function atOnce<Value>(times: number, write: () => Promise<Value>): Promise<readonly Value[]> {
  const gate = await server.database.pool.connect()
  await gate.query('begin; lock table users in exclusive mode')
  const attempts = Array.from({ length: times }, write)
  await eventually('all of them wait', async () => {
    const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    return (await server.database.pool.query(waiting)).rowCount === times
  })
  await gate.query('commit')
  gate.release()
  return Promise.all(attempts)
}

test('writes at the same time with one key write once, and each gets the answer', async () => {
  const token = await register()
  // No more of one person's requests are worked on at a time.
  const answers = await atOnce(4, () => makeParty(token, 'at-once'))
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
  expect(answers.filter(({ replayed }) => replayed === null)).toHaveLength(1)
  expect(await parties(token)).toBe(1)
})

test('a write that only its own repetition stands in the way of gets the answer, not a refusal', async () => {
  const token = await register()
  // The hundredth workspace is the last one allowed.
  await server.database.pool.query(
    "insert into workspaces select 'w' || n, 'party', 'Many', $1, now() from generate_series(2, 99) n",
    [decodeJwt(token).sub],
  )
  const answers = await atOnce(2, () => makeParty(token, 'last'))
  expect(answers.map(({ status }) => status)).toEqual([201, 201])
  expect(answers[0]?.text).toBe(answers[1]?.text)
})

test('a key stands for one request of one person', async () => {
  const [ana, ben] = [await register(), await register()]
  await makeParty(ana, 'shared')
  const other = await makeParty(ana, 'shared', 'Family')
  expect([other.status, JSON.parse(other.text).code]).toEqual([422, 'idempotency-key-reused'])
  expect(await makeParty(ben, 'shared')).toMatchObject({ status: 201, replayed: null })
})

test('a refusal is not kept, so the same key may try again', async () => {
  const token = await register()
  expect((await makeParty(token, 'retry', '')).status).toBe(400)
  expect(await makeParty(token, 'retry')).toMatchObject({ status: 201, replayed: null })
})

test('a write that fails keeps no answer', async () => {
  const token = await register()
  await server.database.pool.query(
    'create function refuse() returns trigger as $$ begin raise exception $s$no$s$; end $$ language plpgsql',
  )
  await server.database.pool.query(
    'create constraint trigger refuse after insert on idempotent_requests deferrable initially deferred for each row execute function refuse()',
  )
  expect((await makeParty(token, 'crash')).status).toBe(500)
  expect(await parties(token)).toBe(0)
  await server.database.pool.query('drop trigger refuse on idempotent_requests')
  expect(await makeParty(token, 'crash')).toMatchObject({ status: 201, replayed: null })
})

test('a key is forgotten after a day, whether swept or not', async () => {
  // Registering again with the same password signs in.
  const signIn = () => register('old@example.org')
  await makeParty(await signIn(), 'old')
  server.clock.now += 24 * 60 * 60 * 1000 - 1
  expect((await makeParty(await signIn(), 'old')).replayed).toBe('true')
  server.clock.now += 1
  expect(await makeParty(await signIn(), 'old')).toMatchObject({ status: 201, replayed: null })
  server.clock.now += 24 * 60 * 60 * 1000
  await sweepRecordedAnswers({ db: openQueries(server.database.pool), now: () => server.clock.now })
  expect((await server.database.pool.query('select from idempotent_requests')).rowCount).toBe(0)
})

test.each(['a b', 'ü', 'x'.repeat(256), ''])('%j is no key', async (key) => {
  const token = await register()
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key }
  const response = await server.post('/api/v1/workspaces', { name: 'Friends', kind: 'party' }, headers)
  expect(await response.json()).toMatchObject({
    code: 'invalid-request',
    errors: [{ path: 'headers.idempotency-key' }],
  })
})
