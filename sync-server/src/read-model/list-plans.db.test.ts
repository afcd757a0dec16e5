import { newId, type QuestId, storedId, type TagId } from '@questlog/shared/domain/kernel/ids'
import { ok } from '@questlog/shared/domain/kernel/result'
import { type Expression, sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { searchCondition } from './search/search-condition.ts'
import { useStore } from './testing/use-store.ts'

const WORKSPACES = 5
const QUESTS = 600

const { database, server } = useStore({}, 'file')
let workspaceId: string
const tag = storedId<TagId>('tag')
const project = storedId<ReturnType<typeof newId>>('project')

beforeAll(async () => {
  for (let n = 0; n < WORKSPACES; n++) {
    workspaceId = await database.newWorkspace()
    await server.store.write({
      workspaceIds: [workspaceId],
      userId: database.userId,
      run(drafts) {
        const draft = drafts.get(workspaceId)
        draft.write([
          { table: 'tags', id: 'tag', patch: { name: 'Tag' } },
          { table: 'projects', id: 'project', patch: { name: 'Project', createdAt: 1 } },
        ])
        for (let q = 0; q < QUESTS; q++) {
          const patch = {
            title: `Quest ${q} of ${q % 97}`,
            createdAt: q * 1_000_000,
            rank: `a${q % 10}${q}V`,
            priority: q % 5,
            due: { d: `2026-${String(1 + (q % 12)).padStart(2, '0')}-10` },
            ...(q % 50 === 0 && { 'tags/tag': true, 'assignees/ben': true }),
            ...(q % 20 === 0 && { projectId: 'project', parentId: 'parent' }),
            ...(q % 30 === 0 && { deletedAt: 1 }),
          }
          draft.write([{ table: 'quests', id: newId<QuestId>(), patch }])
        }
        return ok(null)
      },
    })
  }
  await database.pool.query('analyze')
})

interface Plan {
  readonly 'Node Type': string
  readonly 'Index Name'?: string
  readonly Plans?: readonly Plan[]
}

/** The steps of a plan from the outside in, each with its index. */
async function planOf(where: Expression<unknown>, order = sql`rank, id`): Promise<string> {
  const query = sql`explain (format json) select record from quests
    where workspace_id = ${workspaceId} and ${where} order by ${order} limit 50`
  const { rows } = await query.execute(database.db)
  const steps: string[] = []
  const visit = (plan: Plan) => {
    steps.push([plan['Node Type'], plan['Index Name']].filter((part) => part !== undefined).join(' '))
    for (const inner of plan.Plans ?? []) visit(inner)
  }
  visit((rows[0] as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan)
  return steps.join(' < ')
}

const live = sql`deleted_at is null`

test.each([
  ['rank', sql`rank, id`, 'quests_by_rank'],
  ['due', sql`due_at, id`, 'quests_by_due'],
  ['priority', sql`priority_order, id`, 'quests_by_priority'],
  ['creation', sql`created_at, id`, 'quests_by_creation'],
  ['the latest change', sql`seq desc, id desc`, 'quests_by_change'],
  ['title', sql`title, id`, 'quests_by_title'],
])('a list by %s is read in the order of an index', async (_, order, index) => {
  expect(await planOf(live, order)).toMatch(new RegExp(`^Limit < Index Scan(?: Backward)? ${index}$`))
})

test.each([
  ['rank', sql`rank, id`, 'quests_open_by_rank'],
  ['due', sql`due_at, id`, 'quests_open_by_due'],
  ['priority', sql`priority_order, id`, 'quests_open_by_priority'],
])('a list of what is open by %s does not look at what is done', async (_, order, index) => {
  await database.pool.query("update quests set done = true where title like '%1%' or title like '%2%'")
  await database.pool.query('analyze quests')
  expect(await planOf(sql`${live} and not done`, order)).toBe(`Limit < Index Scan ${index}`)
})

test('the next page begins inside the index', async () => {
  expect(await planOf(sql`${live} and (due_at, id) > ('2026-05-10', '01')`, sql`due_at, id`)).toBe(
    'Limit < Index Scan quests_by_due',
  )
})

test.each([
  ['a project', sql`${live} and project_id = ${project}`, 'quests_by_project'],
  ['a range of due dates', sql`${live} and due_at >= '2026-03-01' and due_at < '2026-03-20'`, 'quests_by_due'],
  ['a tag', sql`${live} and tags @> array[${tag}]`, 'quests_by_tag'],
  ['an assignee', sql`${live} and assignees @> array['ben']`, 'quests_by_assignee'],
  ['the Trash', sql`deleted_at is not null`, 'quests_in_trash'],
  ['a parent', sql`parent_id = 'parent'`, 'quests_by_parent'],
])('a list of %s is found by an index', async (_, where, index) => {
  expect(await planOf(where)).toContain(index)
})

test('a search is found by one index, the workspace included', async () => {
  expect(await planOf(sql`${live} and ${searchCondition([workspaceId], 'quest 13')}`)).toContain(
    'Bitmap Index Scan quests_by_text',
  )
})

test.each([
  ['status', sql`${live} and status = 'waiting'`],
  ['priority', sql`${live} and priority_order = 1`],
  ['what is blocked', sql`${live} and blocked`],
  ['what can be done now', sql`${live} and not done and not blocked and status <> 'cancelled'`],
])('a list by %s reads along an index, never the table', async (_, where) => {
  expect(await planOf(where)).not.toContain('Seq Scan')
})
