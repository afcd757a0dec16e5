import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { type DataDir, eventually, gone, makeDataDir, postmasterPid } from '../testing/server-process.ts'
import { canReach, findAccount } from './account.ts'
import { openCluster } from './cluster.ts'
import { ensureRunning } from './postmaster.ts'
import { type EmbeddedDatabase, startEmbeddedDatabase } from './start-embedded-database.ts'

let dataDir: DataDir
let running: EmbeddedDatabase[]
beforeEach(() => {
  dataDir = makeDataDir()
  running = []
})
afterEach(async () => {
  for (const database of running) await database.stop()
  dataDir.remove()
})

async function start(options: { readonly ownerLeavesMs?: number } = {}): Promise<EmbeddedDatabase> {
  const database = await startEmbeddedDatabase({ dataDir: dataDir.path, logger: pino({ level: 'silent' }), ...options })
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

test('Ctrl+C in the terminal does not reach the database before the server has drained', async () => {
  await dataDir.prepare()
  await start()
  const pid = postmasterPid(dataDir.path) ?? 0
  const leadsItsOwnGroup = () => process.kill(-pid, 0)
  expect(leadsItsOwnGroup).not.toThrow()
})

test('a stop leaves no process, and the next start finds what was committed', async () => {
  const first = await start()
  await query(first.url, 'create table kept as select 7 as value')
  const pid = postmasterPid(dataDir.path) ?? 0
  await first.stop()
  expect(postmasterPid(dataDir.path)).toBeUndefined()
  await gone(pid)
  expect(await query((await start()).url, 'select value from kept')).toEqual([7])
})

test('a killed database is started again on the same address, with everything committed', async () => {
  await dataDir.prepare()
  const database = await start()
  await query(database.url, 'create table kept as select 7 as value')
  const killed = postmasterPid(dataDir.path) ?? 0
  process.kill(killed, 'SIGKILL')
  await eventually('the database is seen to be gone', () => !database.isUp())
  await eventually('the database is back', () => database.isUp())
  expect(await query(database.url, 'select value from kept')).toEqual([7])
  expect(postmasterPid(dataDir.path)).not.toBe(killed)
})

test('who stopped a database does not stop that of the next owner', async () => {
  await dataDir.prepare()
  const first = await start()
  await first.stop()
  await start()
  const pid = postmasterPid(dataDir.path) ?? 0
  expect(pid).toBeGreaterThan(0)
  await first.stop()
  expect(process.kill(pid, 0)).toBe(true)
})

test('a data directory has one owner', async () => {
  await dataDir.prepare()
  await start()
  await expect(start({ ownerLeavesMs: 500 })).rejects.toThrow('Another Questlog server is running')
})

test('a stale pid file whose number another program has now does not keep the database from starting', async () => {
  await dataDir.prepare()
  await (await start()).stop()
  writeFileSync(
    join(dataDir.path, 'postgres', 'postmaster.pid'),
    `${process.pid}\n${dataDir.path}\n1\n1\n\n\n\nready\n`,
  )
  expect(await query((await start()).url, 'select 1')).toEqual([1])
})

// Other systems have no such file to tell it by.
test.runIf(process.platform === 'linux')(
  'a database that ended and that nobody collected is not taken for a running one',
  async () => {
    await dataDir.prepare()
    await (await start()).stop()
    const program = join(dataDir.path, 'postgres-ended', 'postgres')
    mkdirSync(join(program, '..'))
    copyFileSync('/bin/true', program)
    // The shell becomes a program that does not wait for its child.
    const parent = spawn('sh', ['-c', '"$0" & echo $!; exec sleep 600', program], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    onTestFinished(() => void parent.kill())
    const [pid] = await once(parent.stdout, 'data')
    writeFileSync(
      join(dataDir.path, 'postgres', 'postmaster.pid'),
      `${String(pid).trim()}\n${dataDir.path}\n1\n1\n\n\n\nready\n`,
    )
    expect(await query((await start()).url, 'select 1')).toEqual([1])
  },
)

test('a database of another directory is not joined, whatever a copied pid file says', async () => {
  await dataDir.prepare()
  await start()
  const cluster = await openCluster(dataDir.path)
  const copy = join(dataDir.path, 'copy')
  mkdirSync(copy)
  copyFileSync(join(cluster.dir, 'postmaster.pid'), join(copy, 'postmaster.pid'))
  const joining = ensureRunning({ ...cluster, dir: copy }, { port: undefined, settings: {}, timeoutMs: 500 })
  await expect(joining).rejects.toThrow('The embedded database did not start.')
})

test('a database whose password is lost is named, and gets no new one', async () => {
  await dataDir.prepare()
  await (await start()).stop()
  const file = join(dataDir.path, 'postgres.password')
  rmSync(file)
  await expect(start()).rejects.toThrow(`The database exists, but its password file ${file} is missing.`)
  expect(existsSync(file)).toBe(false)
})

test('files of another major version are refused at once, untouched, with a way on', async () => {
  await dataDir.prepare()
  await (await start()).stop()
  const version = join(dataDir.path, 'postgres', 'PG_VERSION')
  const ours = readFileSync(version, 'utf8').trim()
  writeFileSync(version, '9\n')
  const startedMs = performance.now()
  await expect(start()).rejects.toThrow(`is of PostgreSQL 9, and this Questlog comes with PostgreSQL ${ours}`)
  expect(performance.now() - startedMs).toBeLessThan(5_000)
  expect(existsSync(join(import.meta.dirname, '../../../docs/backup.md'))).toBe(true)
  writeFileSync(version, `${ours}\n`)
  expect(await query((await start()).url, 'select 1')).toEqual([1])
})

// Only root may say whose the directory is.
test.runIf(process.getuid?.() === 0)(
  'why no database could be created is said, in the words of PostgreSQL',
  async () => {
    const dir = join(dataDir.path, 'postgres')
    mkdirSync(dir)
    chownSync(dir, 54_321, 54_321)
    await expect(start()).rejects.toThrow(
      /could not be created in .*\. The reason: .*effective user ID 54321.*\n.*add one to \/etc\/passwd/,
    )
  },
)

test("the database's own log is for its owner only, and begins again when it has become large", async () => {
  await dataDir.prepare()
  const file = join(dataDir.path, 'postgres.log')
  writeFileSync(file, Buffer.alloc(17 * 1024 * 1024), { mode: 0o600 })
  await (await start()).stop()
  const { size } = statSync(file)
  expect(size > 0 && size < 1024 * 1024).toBe(true)
  rmSync(file)
  await start()
  expect(statSync(file).mode & 0o777).toBe(0o600)
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
  const open = join(dataDir.path, 'open')
  mkdirSync(open)
  chmodSync(open, 0o755)
  // mkdtemp makes the directory for its owner alone.
  expect(['/', dataDir.path, open].map((path) => canReach(path, stranger))).toEqual([true, false, false])
})
