import { problemSchema } from '@questlog/shared/protocol/problem'
import { questSortSchema } from '@questlog/shared/protocol/quest-lists'
import { seededRandom } from '@questlog/shared/store/projection-test-log'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openStage } from '../access/testing/open-stage.ts'
import type { SampleStage } from '../access/testing/sample.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { describedOperations } from './testing/described-operations.ts'

const ADMIN = 'admin@example.org'

/** Values that have no place in a sort key, or in the key of another type. */
const HOSTILE: readonly unknown[] = [
  ...['', 'x', '\0', '\ud800', '9'.repeat(19), '-1', '1e3', 'NaN', 'infinity', '0000-01-01T00:00:00.000Z', '~'],
  ...['2026-02-31T00:00:00.000Z', '+275760-09-13T00:00:00.000Z', '2026-03-01', 'now', 'x'.repeat(600)],
  ...[1e300, -1, 0, 1.5, 2 ** 31, -(2 ** 31), 2 ** 53, 70_000, true, null, [], {}, [['x']]],
]

const pageSchema = z.object({ items: z.array(z.unknown()), nextCursor: z.string().nullable() })

let server: TestServer
let stage: SampleStage
let tokens: { readonly owner: string; readonly administrator: string }
let lists: readonly string[]
beforeAll(async () => {
  server = await startTestServer({ ADMIN_EMAILS: ADMIN })
  const opened = await openStage(server, ADMIN)
  stage = opened.stage
  const tokenOf = async (name: string) => (await opened.actors.find((actor) => actor.name === name)?.token()) ?? ''
  tokens = { owner: await tokenOf('owner'), administrator: await tokenOf('administrator') }
  const project = await fill()
  lists = addresses(await (await server.get('/api/v1/openapi.json')).json(), project)
})
afterAll(() => server.stop())

/** Two of everything that is listed. */
async function fill(): Promise<string> {
  const { workspaceId, asOwner } = stage
  let project: unknown
  for (const name of ['One', 'Two']) {
    project = (await asOwner('POST', '/api/v1/projects', { workspaceId, name })).id
    await asOwner('POST', '/api/v1/tags', { workspaceId, name })
    await asOwner('POST', '/api/v1/categories', { workspaceId, name })
    const quest = { workspaceId, title: `${name} dragon`, due: { d: '2026-03-01' } }
    const [from, to, done] = [
      await asOwner('POST', '/api/v1/quests', quest),
      await asOwner('POST', '/api/v1/quests', quest),
      await asOwner('POST', '/api/v1/quests', quest),
    ]
    await asOwner('POST', '/api/v1/templates', { workspaceId, questId: from.id, name })
    await asOwner('POST', '/api/v1/relations', { workspaceId, kind: 'blocks', from: from.id, to: to.id })
    await asOwner('POST', `/api/v1/quests/${done.id}/complete`)
    await asOwner('POST', `/api/v1/workspaces/${workspaceId}/invitations`, { role: 'member' })
  }
  for (const name of ['Now', 'Later'])
    await asOwner('POST', '/api/v1/sections', { workspaceId, projectId: project, name })
  await server.database.pool.query(
    `insert into doc_set_aside (doc, kind, seq, reason) select 'w:' || $1 || ':1', 'update', n, 'missing'
      from generate_series(1, 2) as n`,
    [workspaceId],
  )
  return String(project)
}

/** Every list that has pages, in each of its orders, in one workspace and in all. */
function addresses(openApi: unknown, project: string): readonly string[] {
  const { workspaceId } = stage
  const paged = describedOperations(openApi).filter(({ parameters }) => parameters.includes('cursor'))
  return paged.flatMap(({ path, parameters }) => {
    const address = path.replace(':workspaceId', workspaceId)
    if (!parameters.includes('workspaceId') || address !== path) return [`${address}?limit=1`]
    if (parameters.includes('projectId')) return [`${address}?limit=1&workspaceId=${workspaceId}&projectId=${project}`]
    const orders = parameters.includes('sort')
      ? questSortSchema.options.flatMap((sort) => [`&sort=${sort}`, `&sort=${sort}&order=desc`])
      : ['']
    const everywhere = orders.filter((order) => !order.includes('updated'))
    const about = parameters.includes('quest') ? '&quest=x' : ''
    return [
      ...orders.map((order) => `${address}?limit=1&workspaceId=${workspaceId}${order}`),
      ...everywhere.map((order) => `${address}?limit=1${order}${about}`),
    ]
  })
}

const ask = (address: string, cursor?: string): Promise<Response> =>
  server.get(
    cursor === undefined ? address : `${address}&cursor=${encodeURIComponent(cursor)}`,
    address.startsWith('/api/v1/admin') ? tokens.administrator : tokens.owner,
  )

const encoded = (cursor: unknown): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')
const decoded = (cursor: string): unknown => JSON.parse(Buffer.from(cursor, 'base64url').toString())
const cursorSchema = z.tuple([z.string(), z.unknown()])

/** A sort key with each of its parts replaced by each hostile value; and sort keys of other lengths. */
function tampered(key: unknown): readonly unknown[] {
  const whole: readonly unknown[] = [...HOSTILE, [key], { key }]
  if (!Array.isArray(key)) return whole
  const parts = key.flatMap((_, index) => HOSTILE.map((value) => key.with(index, value)))
  return [...whole, ...parts, key.slice(1), [...key, 'x'], key.toReversed()]
}

/** A cursor with some of its characters replaced. */
function scratched(cursor: string, random: () => number): string {
  const characters = [...cursor]
  for (let count = 0; count < 3; count += 1) {
    characters[Math.floor(random() * characters.length)] = String.fromCharCode(33 + Math.floor(random() * 94))
  }
  return characters.join('')
}

/** The list and the order that the cursors of an address belong to. */
function orderOf(address: string): string {
  const { pathname, searchParams } = new URL(address, server.url)
  return [pathname, searchParams.get('sort') ?? 'rank', searchParams.get('order') ?? 'asc'].join(' ')
}

test('every list has a second page, and answers any cursor with a page or as an invalid request', async () => {
  const cursors = new Map<string, string>()
  for (const address of lists) {
    const { nextCursor } = pageSchema.parse(await (await ask(address)).json())
    if (nextCursor === null) expect(address).toContain('quest=x')
    else {
      cursors.set(address, nextCursor)
      expect((await ask(address, nextCursor)).status, address).toBe(200)
    }
  }
  expect(new Set(Array.from(cursors.keys(), (address) => address.split('?')[0])).size).toBe(
    new Set(lists.map((address) => address.split('?')[0])).size,
  )
  const random = seededRandom(11)
  const broken: string[] = []
  const readers = new Set<string>()
  for (const [at, address] of lists.entries()) {
    const own = cursors.get(address)
    const [order, key] = cursorSchema.parse(own === undefined ? ['', []] : decoded(own))
    const others = [...cursors].filter(([other]) => orderOf(other) !== orderOf(address)).map(([, cursor]) => cursor)
    const unnamed = [key, [key], [order], [order, key, 'x'], [1, key], { order, key }, null, 'x']
    const tries = [...tampered(key).map((each) => encoded([order, each])), ...unnamed.map(encoded)]
    if (own !== undefined) for (let count = 0; count < 20; count += 1) tries.push(scratched(own, random))
    // Both directions of an order, in one workspace and in all, read a key alike: for the later ones some tries do.
    const reader = orderOf(address).replace(/ (asc|desc)$/, '')
    const made = readers.has(reader) ? tries.filter((_, nth) => (nth + at) % 5 === 0) : tries
    readers.add(reader)
    const answers = await Promise.all(
      [...made, ...others].map(async (cursor) => ({ cursor, answer: await ask(address, cursor) })),
    )
    for (const { cursor, answer } of answers) {
      if (answer.status === 200 && !others.includes(cursor)) continue
      const { code = 'a page', errors } = problemSchema.partial().parse(await answer.json())
      if (code === 'invalid-request' && errors?.[0]?.path === 'query.cursor') continue
      broken.push(`${address} ${Buffer.from(cursor, 'base64url').toString()}: ${code}`)
    }
  }
  expect(broken).toEqual([])
}, 600_000)

test('a moment in the year 0, which Postgres does not have, is refused in a list of completions', async () => {
  for (const name of ['from', 'before']) {
    const answer = await server.get(`/api/v1/completions?${name}=0000-01-01T00:00:00Z`, tokens.owner)
    expect([answer.status, problemSchema.parse(await answer.json()).code]).toEqual([400, 'invalid-request'])
  }
})
