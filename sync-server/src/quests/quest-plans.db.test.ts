import { newId, type QuestId } from '@questlog/shared/domain/kernel/ids'
import { ok } from '@questlog/shared/domain/kernel/result'
import { questFilters, questSortSchema } from '@questlog/shared/protocol/quest-lists'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { Membership } from '../access/access-rule.ts'
import { useStore } from '../read-model/testing/use-store.ts'
import { listPage, type PageCursor, pageQuery } from '../records/list-page.ts'
import { questList } from './list-quests.ts'

const WORKSPACES = 4
const QUESTS = 2_500

const { database, server } = useStore({}, 'file')
const memberships: Membership[] = []

beforeAll(async () => {
  for (let w = 0; w < WORKSPACES; w++) {
    const workspaceId = await database.newWorkspace()
    memberships.push({ workspaceId, kind: 'party', role: 'member' })
    await server.store.write({
      workspaceIds: [workspaceId],
      userId: database.userId,
      run(drafts) {
        drafts.get(workspaceId).write(Array.from({ length: QUESTS }, (_, n) => questAt(n)))
        return ok(null)
      },
    })
  }
  await database.pool.query('analyze')
}, 120_000)

function questAt(n: number) {
  const patch = {
    title: `Quest ${n} ${['dragon', 'castle', 'sword', 'horse'][n % 4]}${n % 251}`,
    createdAt: n * 1_000_000,
    rank: `a${n % 10}${n}V`,
    priority: n % 5,
    due: { d: `2027-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}` },
    ...(n % 50 === 0 && { 'tags/deep': true, 'assignees/ben': true }),
    ...(n % 20 === 0 && { projectId: 'castle', sectionId: 'tower' }),
    ...(n % 100 === 0 && { parentId: 'above', categoryId: 'craft' }),
    ...(n % 30 === 0 && { deletedAt: 1 }),
  }
  return { table: 'quests' as const, id: newId<QuestId>(), patch }
}

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly Plans?: readonly Plan[]
}

/** The steps of the plan of a list, from the outside in. */
async function planOf(query: object, of: readonly Membership[], after?: PageCursor): Promise<string> {
  const filters = z.strictObject(questFilters).parse(query)
  const list = questList(filters, database.userId, of)
  const { sql, parameters } = pageQuery({ ...list, memberships: of, limit: 50, after }).compile(database.db)
  const { rows } = await database.pool.query(`explain (format json) ${sql}`, [...parameters])
  const steps: string[] = []
  const visit = (plan: Plan) => {
    steps.push([plan['Node Type'], plan['Relation Name']].filter((part) => part !== undefined).join(' '))
    for (const inner of plan.Plans ?? []) visit(inner)
  }
  visit(rows[0]['QUERY PLAN'][0].Plan)
  return steps.join(' < ')
}

const filterings = [
  {},
  { done: 'false' },
  { actionable: 'true' },
  { blocked: 'true' },
  { status: 'open' },
  { project: 'castle' },
  { project: 'none' },
  { section: 'tower' },
  { parent: 'above' },
  { category: 'craft' },
  { tag: 'deep' },
  { assignee: 'ben' },
  { priority: '1' },
  { dueFrom: '2027-03-01', dueBefore: '2027-03-05' },
  { text: 'dragon2' },
  { trashed: 'true' },
]

test.each(filterings)(
  'a list by %j reads along indexes, in one workspace and in several, as member and as guest',
  async (query) => {
    const guests = memberships.map((membership): Membership => ({ ...membership, role: 'guest' }))
    for (const of of [memberships.slice(0, 1), memberships, guests.slice(0, 1), guests]) {
      expect(await planOf(query, of)).not.toContain('Seq Scan')
    }
  },
)

test.each(questSortSchema.options)('a page by %s begins inside an index and ends with the page', async (sort) => {
  const after: PageCursor = [sort === 'priority' || sort === 'updated' ? 2 : '2027-01-01', '', '']
  for (const order of ['asc', 'desc']) {
    const plans = [
      await planOf({ sort, order }, memberships.slice(0, 1)),
      await planOf({ sort, order }, memberships.slice(0, 1), after),
    ]
    // Where the last come first, those without a value are a second run behind the others.
    const runs = order === 'desc' && (sort === 'due' || sort === 'priority') ? 2 : 1
    const read = Array(runs).fill('Limit < Index Scan quests').join(' < ')
    for (const plan of plans) expect(plan).toMatch(new RegExp(runs === 1 ? `^${read}$` : `< ${read}$`))
    expect(await planOf({ sort, order }, memberships, after)).toMatch(new RegExp(`${read}$`))
  }
})

test('among ten thousand quests every page follows the one before, and a search finds what is there', async () => {
  const page = async (query: object, after: PageCursor | undefined, limit = 200) => {
    const list = questList(z.strictObject(questFilters).parse(query), database.userId, memberships)
    return listPage(database.db, { ...list, memberships, limit, after })
  }
  const seen = new Set<string>()
  let pages = 0
  for (let after: PageCursor | undefined; ; pages++) {
    const { rows, next } = await page({ sort: 'priority' }, after)
    for (const { record } of rows) seen.add(record.id)
    if (next === null) break
    after = next
  }
  const live = Array.from({ length: QUESTS }, (_, n) => n).filter((n) => n % 30 !== 0).length * WORKSPACES
  expect([seen.size, pages]).toEqual([live, Math.ceil(live / 200) - 1])
  const found = await page({ text: 'swords7' }, undefined)
  expect(found.rows).toEqual([])
  const swords = (await page({ text: 'quest sword2' }, undefined)).rows.map(({ record }) => record.title)
  expect(swords.length).toBeGreaterThan(0)
  expect(swords.filter((title) => !/ sword2/.test(title))).toEqual([])
})
