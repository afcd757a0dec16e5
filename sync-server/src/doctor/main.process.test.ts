import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startEmbeddedDatabase } from '../embedded-database/start-embedded-database.ts'
import { badUpdates, questUpdate, writeRows } from '../sync/testing/bad-rows.ts'
import { newDocumentName } from '../sync/testing/start-sync.ts'
import { createTestDatabase } from '../testing/database.ts'
import {
  type DataDir,
  eventually,
  makeDataDir,
  postmasterPid,
  programEnvironment,
  runServer,
} from '../testing/server-process.ts'

const MAIN = join(import.meta.dirname, 'main.ts')
const NOTHING = '0 documents read, 0 with faults; 0 parts of 0 are set aside.\n'

let dataDir: DataDir
beforeEach(() => {
  dataDir = makeDataDir()
})
afterEach(() => dataDir.remove())

/** Runs the program as an operator does. */
async function run(environment: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...programEnvironment(), ...environment } })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  const [code] = await once(child, 'close')
  return { code, out, err }
}

test('on an outside database it ends with 0, 1 or 2, and says what would be done', async () => {
  const database = await createTestDatabase()
  const environment = { DATABASE_URL: database.url }
  expect(await run(environment)).toEqual({ code: 0, out: NOTHING, err: '' })
  const document = newDocumentName()
  await writeRows(database.pool, document, [questUpdate('a', 100), ...badUpdates['random bytes']])
  expect(await run(environment)).toMatchObject({ code: 1, err: '' })
  expect(await run(environment, '--write')).toMatchObject({ code: 1 })
  const retried = await run(environment, '--retry')
  expect([retried.code, retried.out.endsWith('add --write to do it.\n')]).toEqual([1, true])
  expect(await run(environment, '--retry', '--drop')).toMatchObject({ code: 2, out: '' })
  await database.drop()
  expect(await run(environment)).toMatchObject({ code: 2, out: '' })
})

test('a database from before this program is left alone', async () => {
  const database = await createTestDatabase('migrated')
  await database.pool.query('delete from schema_migrations where position > 5')
  expect(await run({ DATABASE_URL: database.url })).toMatchObject({ code: 2, out: '' })
  await database.drop()
})

test('the embedded database is read beside the server that runs, and started where none does', async () => {
  const environment = { QUESTLOG_DATA_DIR: dataDir.path }
  expect(await run(environment)).toMatchObject({ code: 2, out: '' })
  await dataDir.prepare()
  const server = runServer(environment)
  await server.ready
  const pid = postmasterPid(dataDir.path)
  expect(await run(environment)).toEqual({ code: 0, out: NOTHING, err: '' })
  expect(postmasterPid(dataDir.path)).toBe(pid)
  server.child.kill('SIGTERM')
  await server.ended

  expect(await run(environment)).toEqual({ code: 0, out: NOTHING, err: '' })
  await eventually('the database has stopped', () => postmasterPid(dataDir.path) === undefined)
  const again = await startEmbeddedDatabase({ dataDir: dataDir.path, logger: pino({ level: 'silent' }) })
  await again.stop()
})
