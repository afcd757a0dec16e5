import { once } from 'node:events'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { workspaceListSchema } from '@questlog/shared/protocol/workspaces'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Device } from './sync/testing/device.ts'
import { addEntry, updateOf } from './sync/testing/entries.ts'
import { createTestDatabase } from './testing/database.ts'
import {
  type DataDir,
  eventually,
  gone,
  makeDataDir,
  postmasterPid,
  runServer,
  type ServerProcess,
} from './testing/server-process.ts'

let dataDir: DataDir
let servers: ServerProcess[]
beforeEach(() => {
  dataDir = makeDataDir()
  servers = []
})
afterEach(async () => {
  for (const server of servers) await end(server, 'SIGTERM')
  dataDir.remove()
})

function run(environment: Readonly<Record<string, string>> = {}): ServerProcess {
  const server = runServer({ QUESTLOG_DATA_DIR: dataDir.path, ...environment })
  servers.push(server)
  return server
}

async function end(server: ServerProcess, signal: NodeJS.Signals): Promise<number | null> {
  server.child.kill(signal)
  return (await server.ended).code
}

/** From now on the database cannot be started, until the answer is called. */
function keepAway(): () => void {
  const file = join(dataDir.path, 'postgres', 'global', 'pg_control')
  renameSync(file, `${file}.away`)
  return () => renameSync(`${file}.away`, file)
}

const ana = { email: 'ana@example.org', password: 'correct horse', displayName: 'Ana' }

async function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

const readyStatus = async (url: string) => (await fetch(`${url}/health/ready`)).status

test('wrong configuration ends the process with code 1 and one message that names what is wrong', async () => {
  const server = run({ PORT: 'many', TRUST_PROXY: 'false', BUS: 'pigeons' })
  expect((await server.ended).code).toBe(1)
  expect(server.output()).toMatch(/^Questlog cannot start: the environment is wrong\.\n {2}PORT: .*\n {2}BUS: .*\n/)
})

test('a database that cannot be reached ends the process with code 1 and one message', async () => {
  const server = run({ DATABASE_URL: 'postgres://nobody:secret-word@127.0.0.1:9/none' })
  expect((await server.ended).code).toBe(1)
  expect(server.output()).toBe('The database cannot be used (ECONNREFUSED). See DATABASE_URL.\n')
})

test('a port in use is named, and the database started for it does not stay behind', async () => {
  await dataDir.prepare()
  const { port } = new URL(await run().ready)
  const other = makeDataDir()
  const second = run({ PORT: port, QUESTLOG_DATA_DIR: other.path })
  expect((await second.ended).code).toBe(1)
  expect(second.output()).toContain(`Port ${port} on 127.0.0.1 is in use`)
  expect(existsSync(join(other.path, 'postgres', 'PG_VERSION'))).toBe(true)
  expect(postmasterPid(other.path)).toBeUndefined()
  other.remove()
})

test('a second server on the same data is refused, and the first goes on', async () => {
  await dataDir.prepare()
  const url = await run().ready
  const second = run()
  expect((await second.ended).code).toBe(1)
  expect(second.output()).toBe(`Another Questlog server is running on ${dataDir.path}.\n`)
  expect(await readyStatus(url)).toBe(200)
})

test('a stop that was asked for ends with code 0 and takes the database along', async () => {
  await dataDir.prepare()
  const server = run()
  const url = await server.ready
  expect(await readyStatus(url)).toBe(200)
  const postmaster = postmasterPid(dataDir.path) ?? 0
  expect(await end(server, 'SIGTERM')).toBe(0)
  expect(postmasterPid(dataDir.path)).toBeUndefined()
  await gone(postmaster)
})

test('signals that arrive together are one request to stop, and a closed terminal is one too', async () => {
  await dataDir.prepare()
  const server = run()
  await server.ready
  const postmaster = postmasterPid(dataDir.path) ?? 0
  server.child.kill('SIGINT')
  server.child.kill('SIGTERM')
  expect(await end(server, 'SIGHUP')).toBe(0)
  expect(postmasterPid(dataDir.path)).toBeUndefined()
  await gone(postmaster)
})

test('a stop is heard while the database does not start, which is said, and leaves nothing behind', async () => {
  await dataDir.prepare()
  const first = run()
  await first.ready
  await end(first, 'SIGTERM')
  const comeBack = keepAway()
  const server = run()
  await eventually('it says that the database does not start', () => server.output().includes('does not start yet'))
  expect(server.output()).toContain('pg_control')
  const askedMs = performance.now()
  expect(await end(server, 'SIGTERM')).toBe(0)
  expect(performance.now() - askedMs).toBeLessThan(5_000)
  await eventually('no database is left', () => postmasterPid(dataDir.path) === undefined)
  comeBack()
  expect(await readyStatus(await run().ready)).toBe(200)
})

test('a stop that takes too long ends all the same, and the database with it', async () => {
  await dataDir.prepare()
  const server = run({ SHUTDOWN_SECONDS: '1' })
  const url = new URL(await server.ready)
  // A request whose body never comes, and whose head the server has read once it asks for that.
  const client = connect(Number(url.port), url.hostname)
  client.on('error', () => undefined)
  const head = 'Host: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\nExpect: 100-continue'
  client.write(`POST /api/v1/auth/login HTTP/1.1\r\n${head}\r\n\r\n`)
  expect(String(await once(client, 'data'))).toContain('100 Continue')
  expect(await end(server, 'SIGTERM')).toBe(1)
  await eventually('the database has stopped', () => postmasterPid(dataDir.path) === undefined)
  client.destroy()
})

test('any path can hold the data, whatever characters it has and however long it is', async () => {
  const path = join(dataDir.path, "with space, 'quotes' & $signs (über)", 'long'.repeat(40))
  mkdirSync(path, { recursive: true })
  const url = await run({ QUESTLOG_DATA_DIR: path }).ready
  expect(await readyStatus(url)).toBe(200)
})

test('a data directory that cannot be written ends the process with one message that names it', async () => {
  const file = join(dataDir.path, 'file')
  writeFileSync(file, '')
  const server = run({ QUESTLOG_DATA_DIR: join(file, 'data') })
  expect((await server.ended).code).toBe(1)
  expect(server.output()).toBe(`The data directory ${file}/data cannot be used (ENOTDIR). See QUESTLOG_DATA_DIR.\n`)
})

test('after SIGKILL of the server the next one joins the database that still runs', async () => {
  await dataDir.prepare()
  const killed = run()
  const account = sessionResponseSchema.parse(
    await (await post(`${await killed.ready}/api/v1/auth/register`, ana)).json(),
  )
  await end(killed, 'SIGKILL')
  const postmaster = postmasterPid(dataDir.path)
  const url = await run().ready
  expect(postmasterPid(dataDir.path)).toBe(postmaster)
  const workspaces = await fetch(`${url}/api/v1/workspaces`, {
    headers: { authorization: `Bearer ${account.accessToken}` },
  })
  expect(workspaces.status).toBe(200)
})

test('after SIGKILL of the server and its database the next one recovers what was committed', async () => {
  await dataDir.prepare()
  const killed = run()
  expect((await post(`${await killed.ready}/api/v1/auth/register`, ana)).status).toBe(201)
  await end(killed, 'SIGKILL')
  process.kill(postmasterPid(dataDir.path) ?? 0, 'SIGKILL')
  expect((await post(`${await run().ready}/api/v1/auth/login`, ana)).status).toBe(200)
})

test('when the database dies the server answers 503, is alive but not ready, and recovers by itself', async () => {
  await dataDir.prepare()
  const url = await run().ready
  await post(`${url}/api/v1/auth/register`, ana)
  const login = async () => (await post(`${url}/api/v1/auth/login`, ana)).status
  const underWay = [login(), login(), login(), login()]
  const comeBack = keepAway()
  process.kill(postmasterPid(dataDir.path) ?? 0, 'SIGKILL')
  // PostgreSQL's processes still end what they were at.
  for (const status of await Promise.all([...underWay, login()])) expect([200, 503]).toContain(status)
  await eventually('readiness fails', async () => (await readyStatus(url)) === 503)
  expect((await fetch(`${url}/health/live`)).status).toBe(200)
  comeBack()
  await eventually('readiness is back', async () => (await readyStatus(url)) === 200)
  expect((await post(`${url}/api/v1/auth/login`, ana)).status).toBe(200)
})

test('a server killed during a migration leaves a database that the next start completes', async () => {
  const killed = run({ QUESTLOG_CRASH_AT: 'during-migration', QUESTLOG_CRASH_AFTER: '2' })
  expect((await killed.ended).signal).toBe('SIGKILL')
  expect((await post(`${await run().ready}/api/v1/auth/register`, ana)).status).toBe(201)
})

test('logs at their most talkative hold no address, name, password, token or title', async () => {
  await dataDir.prepare()
  const server = run({ LOG_LEVEL: 'trace' })
  const url = await server.ready
  const person = { ...ana, displayName: 'Ana Secretname', client: 'native' }
  const session = sessionResponseSchema.parse(await (await post(`${url}/api/v1/auth/register`, person)).json())
  await post(`${url}/api/v1/auth/login`, { ...person, password: 'wrong horse' })
  await post(`${url}/api/v1/auth/login?email=${ana.email}`, '{"broken')
  await post(`${url}/api/v1/auth/refresh`, { refreshToken: session.refreshToken })
  const authorization = `Bearer ${session.accessToken}`
  await fetch(`${url}/api/v1/workspaces?token=${session.accessToken}`, { headers: { authorization } })
  const list = await fetch(`${url}/api/v1/workspaces`, { headers: { authorization } })
  const document = workspaceListSchema.parse(await list.json()).items[0]?.document ?? ''
  const device = await new Device(`${url.replace('http', 'ws')}/sync`, document).sync(session.accessToken)
  addEntry(device.doc, 'Secret title')
  await device.until(() => device.statuses.length === 2)
  device.sendUpdate(updateOf((doc) => doc.getArray('quests').push(['Secret title'])))
  await device.until(() => device.closes.length > 0)
  process.kill(postmasterPid(dataDir.path) ?? 0, 'SIGKILL')
  expect([200, 503]).toContain((await post(`${url}/api/v1/auth/login`, person)).status)
  await eventually('the database is back', async () => (await readyStatus(url)) === 200)
  device.socket.terminate()
  await end(server, 'SIGTERM')

  expect(server.output()).toContain('/api/v1/auth/login')
  expect(server.output()).toContain('refused:entry-shape')
  const secrets = [ana.email, 'correct horse', 'wrong horse', 'Secretname', 'Secret title', 'broken']
  const tokens = [session.accessToken, session.refreshToken ?? '', session.accessToken.split('.')[2] ?? '']
  expect([...secrets, ...tokens].filter((secret) => server.output().includes(secret))).toEqual([])
})

test('two servers that start on one new database share it, and show each other’s edits live', async () => {
  const database = await createTestDatabase('empty')
  const environment = { DATABASE_URL: database.url }
  const [one, other] = await Promise.all([run(environment).ready, run(environment).ready])
  await post(`${one}/api/v1/auth/register`, ana)
  const session = sessionResponseSchema.parse(await (await post(`${other}/api/v1/auth/login`, ana)).json())
  const headers = { authorization: `Bearer ${session.accessToken}` }
  const list = workspaceListSchema.parse(await (await fetch(`${one}/api/v1/workspaces`, { headers })).json())
  const openAt = (url: string) =>
    new Device(`${url.replace('http', 'ws')}/sync`, list.items[0]?.document ?? '').sync(session.accessToken)
  const [here, there] = await Promise.all([openAt(one), openAt(other)])
  addEntry(here.doc, 'from one')
  await there.until(() => there.doc.getArray('quests').length === 1)
  addEntry(there.doc, 'from the other')
  await here.until(() => here.doc.getArray('quests').length === 2)
  for (const device of [here, there]) device.socket.terminate()
  for (const server of servers) await end(server, 'SIGTERM')
  expect(existsSync(`${dataDir.path}/postgres`)).toBe(false)
  await database.drop()
})
