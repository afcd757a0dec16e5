import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { type DataDir, makeDataDir, postmasterPid, programEnvironment, runServer } from '../testing/server-process.ts'
import { databaseAccount } from './account.ts'
import { connectionUrl, ensureRunning, stopPostmaster } from './postmaster.ts'
import { createDatabase, STOP_TIMEOUT_MS } from './start-embedded-database.ts'

let dataDir: DataDir
beforeEach(() => {
  dataDir = makeDataDir()
})
afterEach(() => dataDir.remove())

/** Runs the program as an operator does. */
async function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run-on-database.ts'), ...args], {
    env: { ...programEnvironment(), QUESTLOG_DATA_DIR: dataDir.path },
  })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      out += chunk.toString()
    })
  }
  const [code] = await once(child, 'close')
  return { code, out }
}

/** A program that queries the database in its environment, and prints the one value of the answer. */
function asking(statement: string): readonly string[] {
  const script = `const client = new (require('pg').Client)()
    client.connect().then(() => client.query(${JSON.stringify(statement)})).then(({ rows }) => {
      console.log(Object.values(rows[0] ?? {}).join())
      return client.end()
    })`
  return [process.execPath, '-e', script]
}

test('a program finds the database, a new one or the one that is there, and its code is passed on', async () => {
  expect(await run('--new', ...asking('create table kept as select 7 as value'))).toEqual({ code: 0, out: '\n' })
  expect(await run(...asking('select value from kept'))).toEqual({ code: 0, out: '7\n' })
  expect(await run(process.execPath, '-e', 'process.exit(3)')).toEqual({ code: 3, out: '' })
  expect(postmasterPid(dataDir.path)).toBeUndefined()
})

test('no database is made by a slip, and none is taken for a new one', async () => {
  expect(await run('pg_dump')).toMatchObject({ code: 2, out: expect.stringContaining('There is no database in') })
  expect(existsSync(join(dataDir.path, 'postgres'))).toBe(false)
  await run('--new', process.execPath, '--version')
  expect(await run('--new', 'pg_restore')).toMatchObject({
    code: 2,
    out: expect.stringContaining('Move it away first'),
  })
  expect(await run('no-such-program')).toEqual({ code: 2, out: 'no-such-program cannot be run (ENOENT).\n' })
  expect((await run()).out).toContain('npm run database --')
})

/** An older PostgreSQL where Debian puts it, with its programs for dumps. */
const older = [17, 16, 15, 14]
  .map((major) => `/usr/lib/postgresql/${major}/bin`)
  .find((bin) => existsSync(`${bin}/initdb`))

test.runIf(older)('what an older PostgreSQL held is here after a dump and a restore', async () => {
  const bin = older ?? ''
  const dir = join(dataDir.path, 'older')
  const account = databaseAccount(dir)
  const asAccount = account === undefined ? {} : { uid: account.uid, gid: account.gid }
  mkdirSync(dir)
  writeFileSync(join(dir, 'password'), 'secret')
  execFileSync('chmod', ['-R', 'a+rwX', dataDir.path])
  const options = ['--auth=scram-sha-256', '--username=questlog', `--pwfile=${dir}/password`, '--encoding=UTF8']
  execFileSync(`${bin}/initdb`, ['-D', `${dir}/postgres`, '--locale=C', ...options], { ...asAccount, cwd: '/' })
  const cluster = {
    dir: `${dir}/postgres`,
    logFile: `${dir}/log`,
    password: 'secret',
    account,
    binaries: { initdb: `${bin}/initdb`, pgCtl: `${bin}/pg_ctl`, postgres: `${bin}/postgres`, major: '' },
  }
  const port = await ensureRunning(cluster, { port: undefined, settings: {}, timeoutMs: 30_000 })
  onTestFinished(() => stopPostmaster(cluster, STOP_TIMEOUT_MS))
  await createDatabase(cluster, port)
  const url = connectionUrl(cluster, port, 'questlog')
  const ana = { email: 'ana@example.org', password: 'correct horse', displayName: 'Ana' }
  const post = async (server: string, route: string) => {
    const headers = { 'content-type': 'application/json' }
    return (await fetch(`${server}/api/v1/auth/${route}`, { method: 'POST', headers, body: JSON.stringify(ana) }))
      .status
  }

  const before = runServer({ DATABASE_URL: url })
  expect(await post(await before.ready, 'register')).toBe(201)
  before.child.kill('SIGTERM')
  await before.ended
  const dump = join(dataDir.path, 'questlog.dump')
  execFileSync(`${bin}/pg_dump`, ['--format=custom', `--file=${dump}`, url])
  const restored = await run('--new', `${bin}/pg_restore`, '--exit-on-error', '--dbname=questlog', dump)
  expect(restored).toEqual({ code: 0, out: '' })

  const after = runServer({ QUESTLOG_DATA_DIR: dataDir.path })
  onTestFinished(async () => {
    after.child.kill('SIGTERM')
    await after.ended
  })
  expect(await post(await after.ready, 'login')).toBe(200)
})
