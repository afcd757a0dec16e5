import { problemSchema } from '@questlog/shared/protocol/problem'
import { workspaceListSchema } from '@questlog/shared/protocol/workspaces'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Device } from '../sync/testing/device.ts'
import { addEntry } from '../sync/testing/entries.ts'
import { makePerson, type Person } from '../testing/people.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { eventually } from '../testing/server-process.ts'

let server: TestServer
let ana: Person
let home: { readonly id: string; readonly document: string }
beforeAll(async () => {
  server = await startTestServer()
  ana = await makePerson(server, 'Ana')
  const [workspace] = workspaceListSchema.parse((await ana.ask('GET', '/workspaces'))[1]).items
  if (workspace === undefined) throw new Error('Ana has a workspace')
  home = workspace
  const raise = `create function raise_state() returns trigger language plpgsql as
    $$ begin raise exception using errcode = tg_argv[0]; end $$`
  await server.database.pool.query(raise)
})
afterAll(() => server.stop())

/** From now on every insert into a table fails with an SQLSTATE, as on a server whose disk is full. */
async function failInserts(table: string, state: string): Promise<() => Promise<unknown>> {
  const { pool } = server.database
  await pool.query(
    `create trigger fails before insert on ${table} for each statement execute function raise_state('${state}')`,
  )
  return () => pool.query(`drop trigger fails on ${table}`)
}

const addQuest = (): Promise<Response> =>
  server.post('/api/v1/quests', { title: 'Run' }, { authorization: `Bearer ${ana.token}` })

const told = async (answer: Response) => [
  answer.status,
  problemSchema.parse(await answer.json()).code,
  answer.headers.get('retry-after'),
]

test.each([
  ['a full disk', '53100'],
  ['no memory', '53200'],
  ['too many connections', '53300'],
  ['a database that is read-only', '25006'],
  ['a disk that fails', '58030'],
  ['a database that shuts down', '57P01'],
])('%s is told as unavailable over REST and on the socket, and afterwards all is well', async (_, state) => {
  const mend = await failInserts('doc_updates', state)
  expect(await told(await addQuest())).toEqual([503, 'unavailable', '5'])
  const device = await new Device(`${server.url.replace('http', 'ws')}/sync`, home.document).sync(ana.token)
  addEntry(device.doc, 'while the disk is full')
  await device.until(() => device.closes.length > 0)
  expect(device.closes).toEqual(['retry:unavailable'])
  device.socket.terminate()
  await mend()
  expect((await addQuest()).status).toBe(201)
})

test('on a full disk, registering and signing in answer unavailable', async () => {
  const mend = await failInserts('security_events', '53100')
  const { email } = ana
  const credentials = { email, password: 'correct horse', displayName: 'Ana' }
  expect(await told(await server.post('/api/v1/auth/login', { email, password: credentials.password }))).toEqual([
    503,
    'unavailable',
    '5',
  ])
  expect(await told(await server.post('/api/v1/auth/register', { ...credentials, email: 'ben@example.org' }))).toEqual([
    503,
    'unavailable',
    '5',
  ])
  await mend()
})

test('a database that became read-only can be read, and writes answer unavailable', async () => {
  const name = new URL(server.database.url).pathname.slice(1)
  const { pool } = server.database
  const readOnly = async (whether: boolean) => {
    await pool.query(`set default_transaction_read_only = off`)
    await pool.query(`alter database ${name} set default_transaction_read_only = ${whether}`)
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'questlog' and pid <> pg_backend_pid()`
    await pool.query(cut)
  }
  await readOnly(true)
  await eventually('it is read', async () => (await ana.ask('GET', '/workspaces'))[0] === 200)
  expect(await told(await addQuest())).toEqual([503, 'unavailable', '5'])
  await readOnly(false)
  await eventually('it is written again', async () => (await addQuest()).status === 201)
})
