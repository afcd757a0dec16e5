import { workspaceListSchema } from '@questlog/shared/protocol/workspaces'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { hostileRecords } from '@questlog/shared/testing/hostile-records'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { Device } from '../sync/testing/device.ts'
import { makePerson, type Person } from '../testing/people.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

// A device may write anything into a field. REST still answers, by its own schemas.

const pageSchema = z.object({ items: z.array(z.looseObject({ id: z.string() })), nextCursor: z.string().nullable() })
const records = hostileRecords()

let server: TestServer
let ana: Person
beforeAll(async () => {
  server = await startTestServer()
  ana = await makePerson(server, 'Ana')
  const [home] = workspaceListSchema.parse((await ana.ask('GET', '/workspaces'))[1]).items
  const device = await new Device(`${server.url.replace('http', 'ws')}/sync`, home?.document ?? '').sync(ana.token)
  const document = openQuestDocument(device.doc, { now: () => server.clock.now })
  for (let start = 0; start < records.length; start += 300) document.write(records.slice(start, start + 300))
  const written = 1 + Math.ceil(records.length / 300)
  await device.until(() => device.statuses.length === written || device.closes.length > 0)
  expect(device.closes).toEqual([])
  device.socket.terminate()
}, 60_000)
afterAll(() => server.stop())

/** Every id of a list, page by page. */
async function listed(path: string): Promise<readonly string[]> {
  const ids: string[] = []
  for (let cursor = ''; ; ) {
    const [status, body] = await ana.ask('GET', `${path}${path.includes('?') ? '&' : '?'}limit=200${cursor}`)
    expect([path, status]).toEqual([path, 200])
    const { items, nextCursor } = pageSchema.parse(body)
    ids.push(...items.map(({ id }) => id))
    if (nextCursor === null) return ids
    cursor = `&cursor=${nextCursor}`
  }
}

test.each(['rank', 'due', 'priority', 'createdAt', 'title'])('quests are listed whole by %s', async (sort) => {
  const [open, trashed] = [await listed(`/quests?sort=${sort}`), await listed(`/quests?sort=${sort}&trashed=true`)]
  const ids = [...open, ...trashed]
  expect(new Set(ids).size).toBe(ids.length)
  const quests = records.filter(({ table, path, value }) => table === 'quests' && !(path === 'title' && value === null))
  expect(ids.length).toBe(quests.length)
})

test.each(['projects', 'tags', 'categories', 'relations', 'completions', 'templates'])(
  '%s are listed whole',
  async (kind) => {
    const ids = await listed(`/${kind}`)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(30)
  },
)

test('a quest with each hostile field is answered alone, and so is what became of it', async () => {
  const byPath = new Map(records.filter(({ table }) => table === 'quests').map((record) => [record.path, record.id]))
  const broken: string[] = []
  for (const [path, id] of byPath) {
    if (path === 'title') continue
    const answers = [await ana.ask('GET', `/quests/${id}`), await ana.ask('GET', `/activity?quest=${id}`)]
    if (answers.some(([status]) => status !== 200)) broken.push(path)
  }
  expect(broken).toEqual([])
})

test('the account is exported whole', async () => {
  const [status, exported] = await ana.ask('GET', '/users/me/export')
  expect([status, JSON.stringify(exported).includes('Hostile')]).toEqual([200, true])
})
