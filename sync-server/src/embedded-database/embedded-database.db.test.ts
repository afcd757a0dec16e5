import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { eventually, makeDataDir, postmasterPid } from '../testing/server-process.ts'
import { canReach, findAccount } from './account.ts'
import { type EmbeddedDatabase, startEmbeddedDatabase } from './start-embedded-database.ts'

// Crash recovery writes through to the disk, which other programs may keep busy.
vi.setConfig({ testTimeout: 120_000 })

let dataDir: ReturnType<typeof makeDataDir>
let running: EmbeddedDatabase[]
beforeEach(() => {
  dataDir = makeDataDir()
  running = []
})
afterEach(async () => {
  for (const database of running) await database.stop()
  dataDir.remove()
})

async function start(): Promise<EmbeddedDatabase> {
  const database = await startEmbeddedDatabase({ dataDir: dataDir.path, logger: pino({ level: 'silent' }) })
  running.push(database)
  return database
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows.flatMap((row) => Object.values(row))
  } finally {
    await client.end()
  }
}

test('commits are durable, only this machine connects, and only with the password', async () => {
  const { url } = await start()
  const settings = ['fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'unix_socket_directories']
  const values = await Promise.all(settings.map(async (name) => (await query(url, `show ${name}`))[0]))
  expect(values).toEqual(['on', 'on', 'on', '127.0.0.1', ''])
  await expect(query(url.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toThrow('password authentication failed')
  expect(statSync(join(dataDir.path, 'postgres.password')).mode & 0o777).toBe(0o600)
})

test('a stop leaves no process, and the next start finds what was committed', async () => {
  const first = await start()
  await query(first.url, 'create table kept as select 7 as value')
  const pid = postmasterPid(dataDir.path) ?? 0
  await first.stop()
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  expect(postmasterPid(dataDir.path)).toBeUndefined()
  expect(await query((await start()).url, 'select value from kept')).toEqual([7])
})

test('a killed database is started again on the same address, with everything committed', async () => {
  const database = await start()
  await query(database.url, 'create table kept as select 7 as value')
  const killed = postmasterPid(dataDir.path) ?? 0
  process.kill(killed, 'SIGKILL')
  await eventually('the database is seen to be gone', () => !database.isUp())
  await eventually('the database is back', () => database.isUp())
  expect(await query(database.url, 'select value from kept')).toEqual([7])
  expect(postmasterPid(dataDir.path)).not.toBe(killed)
})

test('a data directory has one owner', async () => {
  await start()
  await expect(start()).rejects.toThrow('Another Questlog server is running')
})

test('a stale pid file whose number another program has now does not keep the database from starting', async () => {
  await (await start()).stop()
  writeFileSync(
    join(dataDir.path, 'postgres', 'postmaster.pid'),
    `${process.pid}\n${dataDir.path}\n1\n1\n\n\n\nready\n`,
  )
  expect(await query((await start()).url, 'select 1')).toEqual([1])
})

test('an initdb that was interrupted is done again', async () => {
  writeFileSync(join(dataDir.path, 'postgres.new'), 'half')
  expect(await query((await start()).url, 'select 1')).toEqual([1])
  expect(existsSync(join(dataDir.path, 'postgres.new'))).toBe(false)
})

test('the account to run under is never root, and comes from the system', () => {
  const passwd =
    'root:x:0:0::/root:/bin/sh\npostgres:x:0:0::/:/bin/sh\nnobody:x:65534:65533:nobody:/:/usr/sbin/nologin\n'
  expect([findAccount(passwd, 'postgres'), findAccount(passwd, 'nobody')]).toEqual([
    undefined,
    { uid: 65534, gid: 65533 },
  ])
})

test('a directory others may not pass through is out of reach', () => {
  const stranger = { uid: 65534, gid: 65534 }
  // mkdtemp makes the directory for its owner alone.
  expect([canReach('/', stranger), canReach(dataDir.path, stranger)]).toEqual([true, false])
})
