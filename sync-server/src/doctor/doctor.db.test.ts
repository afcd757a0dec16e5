import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createDocumentCipher, type DocumentCipher } from '../log/document-cipher.ts'
import { badUpdates, documentKey, questUpdate, writeRows } from '../sync/testing/bad-rows.ts'
import { addEntry, titles } from '../sync/testing/entries.ts'
import { newDocumentName, type RunningSync } from '../sync/testing/start-sync.ts'
import { useSyncDatabase } from '../sync/testing/use-sync.ts'
import { runTask } from './doctor.ts'
import { parseArguments } from './parse-arguments.ts'

const sealed = createDocumentCipher([documentKey])
const otherKey = createDocumentCipher([{ ...documentKey, secret: Buffer.alloc(32, 7) }])

const database = useSyncDatabase()
let document: string
let directory: string
let server: RunningSync | undefined

beforeEach(() => {
  server = undefined
  document = newDocumentName()
  directory = mkdtempSync(join(tmpdir(), 'questlog-doctor-'))
})

afterEach(() => rmSync(directory, { recursive: true }))

/** Runs the doctor's command line on the database; answers whether all is well, and what it printed. */
async function doctor(line: string, cipher: DocumentCipher = sealed) {
  const lines: string[] = []
  const task = parseArguments([...line.split(' ').filter((word) => word !== ''), '--to', directory])
  if (!task.ok) throw new Error(task.error)
  const deps = {
    pool: database.pool,
    cipher,
    logger: pino({ level: 'silent' }),
    tell: (told: string) => lines.push(told),
  }
  return { isWell: await runTask(deps, task.value), lines }
}

const write = (...updates: readonly Uint8Array[]) => writeRows(database.pool, document, updates, sealed)
const setAside = async () =>
  (await database.pool.query('select seq::int, reason from doc_set_aside order by seq')).rows as readonly unknown[]

async function served(): Promise<readonly string[]> {
  server ??= await database.start({ cipher: sealed })
  return titles((await server.device(document).sync('ann')).doc)
}

/** Three edits of one device; each builds on the one before. */
function chain(): readonly Uint8Array[] {
  const updates: Uint8Array[] = []
  const doc = new Y.Doc()
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const title of ['one', 'two', 'three']) addEntry(doc, title)
  return updates
}

test('a database without faults is well, and a document that is not there is reported', async () => {
  await write(questUpdate('a', 100))
  expect(await doctor('')).toEqual({
    isWell: true,
    lines: ['1 documents read, 0 with faults; 0 parts of 0 are set aside.'],
  })
  expect((await doctor('w:none:1')).isWell).toBe(false)
})

test('a check reports every fault and changes nothing; with --write it sets aside what a load would', async () => {
  await write(
    questUpdate('a', 100),
    ...badUpdates['random bytes'],
    ...badUpdates['deletions in a trailing hole'],
    questUpdate('b', 101),
    questUpdate('c', 102),
  )
  await database.pool.query("update doc_updates set bytes = '\\x00' where seq = 4")
  await database.pool.query('delete from doc_updates where seq = 5')
  const found = await doctor('')
  expect(found.isWell).toBe(false)
  expect(found.lines).toEqual([
    `${document} update 4: damaged`,
    `${document} update 5: missing`,
    `${document} update 2: malformed`,
    `${document} update 3: incomplete`,
    '1 documents read, 1 with faults; 0 parts of 0 are set aside.',
  ])
  expect(await setAside()).toEqual([])
  await doctor('--write')
  expect((await setAside()).length).toBe(4)
  const again = await doctor(document)
  expect([again.isWell, again.lines.at(-1)]).toEqual([
    false,
    '1 documents read, 0 with faults; 4 parts of 1 are set aside.',
  ])
  expect(await served()).toEqual(['a'])
})

test('a mended row comes back, with those that build on it; without --write this is only announced', async () => {
  const [first = new Uint8Array(), ...others] = chain()
  await write(questUpdate('a', 100))
  await writeRows(database.pool, document, [first], otherKey)
  await write(...others)
  expect(await served()).toEqual(['a'])
  expect(await setAside()).toEqual([
    { seq: 2, reason: 'undecryptable' },
    { seq: 3, reason: 'incomplete' },
    { seq: 4, reason: 'incomplete' },
  ])
  expect((await doctor('--retry --write')).lines).toEqual(['0 of 3 are back; 3 stay set aside.'])

  // The operator has found the very bytes again.
  await database.pool.query(`update doc_set_aside set bytes = $1, sha256 = sha256($1), key_id = null where seq = 2`, [
    Buffer.from(first),
  ])
  const dry = await doctor('--retry')
  expect([dry.isWell, dry.lines.at(-1), (await setAside()).length]).toEqual([
    true,
    '3 of 3 would come back; 0 stay set aside.',
    3,
  ])
  expect((await doctor(`--retry ${document} --write`)).isWell).toBe(true)
  expect(await setAside()).toEqual([])
  server?.sync.announce(document, 7)
  expect(await served()).toEqual(['a', 'one', 'three', 'two'])
  const { rows } = await database.pool.query('select user_id from doc_updates where seq > 4')
  expect(rows).toEqual([{ user_id: 'mallory' }, { user_id: 'mallory' }, { user_id: 'mallory' }])
  expect((await doctor('')).isWell).toBe(true)
})

test('what a device has sent again since is only taken off the list', async () => {
  const update = questUpdate('a', 100)
  await write(update)
  await database.pool.query("update doc_updates set bytes = '\\x00'")
  await served()
  await write(update)
  await database.pool.query('update doc_set_aside set bytes = $1, sha256 = sha256($1), key_id = null', [
    Buffer.from(update),
  ])
  const { isWell, lines } = await doctor('--retry --write')
  expect([isWell, lines[0]?.endsWith('is there already')]).toEqual([true, true])
  expect((await database.pool.query('select seq::int from doc_heads')).rows).toEqual([{ seq: 2 }])
})

test('a row is dropped only with --write, once its bytes are in a new file', async () => {
  const [bytes] = badUpdates['random bytes']
  await write(questUpdate('a', 100), bytes)
  await served()
  expect((await doctor(`--drop ${document} 2`)).isWell).toBe(true)
  expect([readdirSync(directory), (await setAside()).length]).toEqual([[], 1])
  expect((await doctor(`--drop ${document} 1 --write`)).isWell).toBe(false)

  const stored = await database.pool.query('select bytes from doc_set_aside')
  await doctor(`--drop ${document} 2 --write`)
  const file = join(directory, `${document.replaceAll(':', '-')}-update-2`)
  expect(readFileSync(`${file}.stored`)).toEqual(stored.rows[0].bytes)
  expect(readFileSync(`${file}.update`)).toEqual(Buffer.from(bytes))
  expect(await setAside()).toEqual([])
  expect((await doctor('')).isWell).toBe(true)
})

test('an export holds the document as it is served, and what is set aside of it', async () => {
  await write(questUpdate('a', 100), ...badUpdates['random bytes'])
  await served()
  expect((await doctor(`--export ${document}`)).isWell).toBe(true)
  const name = document.replaceAll(':', '-')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, readFileSync(join(directory, `${name}.update`)))
  expect(titles(doc)).toEqual(['a'])
  expect(existsSync(join(directory, `${name}-update-2.stored`))).toBe(true)
  expect((await setAside()).length).toBe(1)
})

test('a key that is not configured is reported as that, and nothing is set aside for it', async () => {
  await database.pool.query("insert into document_keys (id, probe) values ('k1', '\\x00')")
  await write(questUpdate('a', 100))
  const { isWell, lines } = await doctor('--write', createDocumentCipher([]))
  expect([isWell, lines[0]]).toEqual([false, `${document} cannot be read: the key k1 is not in DOCUMENT_KEYS`])
  expect(await setAside()).toEqual([])
})

test('nothing is added to an epoch that is over', async () => {
  await write(questUpdate('a', 100))
  await database.pool.query("update doc_updates set bytes = '\\x00'")
  await served()
  await writeRows(database.pool, document.replace(/1$/, '2'), [questUpdate('b', 101)], sealed)
  const { isWell, lines } = await doctor('--retry --write')
  expect([isWell, lines[0]?.includes('a later epoch has begun')]).toEqual([false, true])
})

test.each(['--retry --drop', '--drop', '--drop w:x:1', '--drop w:x:1 0', '--export', 'one two', '--unknown'])(
  'the command line "%s" is refused with how it is meant',
  (line) => {
    const task = parseArguments(line.split(' '))
    expect([task.ok, !task.ok && task.error.includes('npm run doctor -- --retry')]).toEqual([false, true])
  },
)
