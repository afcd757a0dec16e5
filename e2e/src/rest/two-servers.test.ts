import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerAccount, type ScriptAccount } from '../harness/account.ts'
import type { QuestlogProcess } from '../harness/questlog-process.ts'
import { createWireClient } from '../harness/wire-client.ts'
import { allTitles, type BulkWrite, bulkWrite, send } from './script.ts'
import { type SharedDatabase, startSharedDatabase } from './shared-database.ts'

const PEOPLE = 3
const QUESTS = 40

let database: SharedDatabase
let staying: QuestlogProcess
beforeAll(async () => {
  database = await startSharedDatabase()
  staying = await database.startServer()
})
afterAll(() => database.stop())

/** Sends one write after the other until the server is gone; the last one was not answered. */
async function writeUntilCut(url: string, account: ScriptAccount, name: string): Promise<readonly BulkWrite[]> {
  const writes: BulkWrite[] = []
  for (;;) {
    const write = bulkWrite(`${name} write ${writes.length}`.replaceAll(' ', '-'), QUESTS)
    writes.push(write)
    if (!(await send(url, account, write))) return writes
  }
}

it.each([1, 2, 3])(
  'a server killed in the middle of bulk writes leaves none half done, and what is sent again to another is not done twice (%i)',
  async (round) => {
    const dying = await database.startServer()
    const people: ScriptAccount[] = []
    for (let n = 0; n < PEOPLE; n++) people.push(await registerAccount(staying.url))
    // Two scripts a person: they wait for each other's transactions.
    const scripts = people.flatMap((account, n) =>
      ['left', 'right'].map(async (hand) => ({
        account,
        writes: await writeUntilCut(dying.url, account, `${round} ${n} ${hand}`),
      })),
    )
    const [first] = people
    if (first === undefined) throw new Error('nobody writes')
    const watching = createWireClient({
      socketUrl: staying.socketUrl,
      document: first.document,
      token: first.accessToken,
    })
    await watching.connect()
    await watching.sees(QUESTS * 2 * round, () => watching.doc.getArray('quests').length)
    await dying.kill()

    const written = await Promise.all(scripts)
    for (const { account, writes } of written) {
      const titles = new Set(await allTitles(staying.url, account))
      for (const write of writes) {
        const there = write.titles.filter((title) => titles.has(title)).length
        // Answered is done; of what was not answered all is done, or nothing.
        expect(write.answer === null ? [0, QUESTS] : [QUESTS]).toContain(there)
      }
    }

    for (const { account, writes } of written) {
      for (const write of writes) expect(await send(staying.url, account, write)).toBe(true)
    }
    for (const account of people) {
      const expected = written.filter((script) => script.account === account).flatMap(({ writes }) => writes)
      const titles = await allTitles(staying.url, account)
      expect([...titles].sort()).toEqual(expected.flatMap((write) => write.titles).sort())
    }
    const all = written.filter(({ account }) => account === first).flatMap(({ writes }) => writes)
    await watching.sees(all.length * QUESTS, () => watching.doc.getArray('quests').length)
    expect(watching.doc.getArray('quests').length).toBe(all.length * QUESTS)
    watching.disconnect()
  },
)

it('of two changes of one version, each at another server, exactly one is made', async () => {
  const other = await database.startServer()
  const { accessToken } = await registerAccount(staying.url)
  const call = (url: string, method: string, path: string, body?: unknown, version?: string) =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(version !== undefined && { 'if-match': version }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const made = await call(staying.url, 'POST', '/quests', { title: 'Shared' })
  const { id } = (await made.json()) as { id: string }
  let version = made.headers.get('etag') ?? ''
  for (let round = 0; round < 20; round++) {
    const answers = await Promise.all(
      [staying, other].map(({ url }, n) => call(url, 'PATCH', `/quests/${id}`, { title: `${round} ${n}` }, version)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    const won = answers.find(({ status }) => status === 200)
    if (won === undefined) throw new Error('neither was made')
    version = won.headers.get('etag') ?? ''
    const { title } = (await won.json()) as { title: string }
    for (const { url } of [staying, other]) {
      const read = await call(url, 'GET', `/quests/${id}`)
      expect([read.headers.get('etag'), await read.json()]).toEqual([version, expect.objectContaining({ title })])
    }
  }
})
