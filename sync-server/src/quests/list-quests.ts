import type { QuestSort } from '@questlog/shared/protocol/quest-lists'
import type { QuestResponse } from '@questlog/shared/protocol/quests'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Membership } from '../access/access-rule.ts'
import type { Database } from '../db/tables.ts'
import { type QuestFilters, questConditions } from './quest-conditions.ts'

/** Where a page of quests begins: after the quest with this sort key, id and workspace. */
export const questCursorSchema = z.tuple([z.union([z.string(), z.number()]), z.string(), z.string()])
export type QuestCursor = z.infer<typeof questCursorSchema>

export interface QuestPage {
  readonly quests: readonly { readonly record: QuestResponse; readonly seq: string; readonly workspaceId: string }[]
  readonly next: QuestCursor | null
}

export interface QuestListRequest {
  readonly filters: QuestFilters
  readonly limit: number
  readonly after: QuestCursor | undefined
  readonly userId: string
  readonly memberships: readonly Membership[]
}

/** How a sort is a column, with its type for the cursor. Each has an index per workspace. */
const COLUMNS: { readonly [Sort in QuestSort]: readonly [column: string, type: string] } = {
  rank: ['rank', 'text'],
  due: ['due_at', 'text'],
  priority: ['priority_order', 'smallint'],
  createdAt: ['created_at', 'timestamptz'],
  updated: ['seq', 'bigint'],
  title: ['title', 'text'],
}

/**
 * A page of quests by a sort key, then id, then workspace: what comes or goes in between pages shifts none of the
 * others. Of several workspaces each gives its own first ones along an index.
 */
export async function listQuests(db: Database, request: QuestListRequest): Promise<QuestPage> {
  const rows = request.memberships.length === 0 ? [] : (await questListQuery(request).execute(db)).rows
  const page = rows.slice(0, request.limit)
  const last = rows.length > request.limit ? page.at(-1) : undefined
  const next: QuestCursor | null = last === undefined ? null : [keyOf(last.key), last.record.id, last.workspaceId]
  return { quests: page, next }
}

interface QuestRow {
  readonly record: QuestResponse
  readonly seq: string
  readonly workspaceId: string
  readonly key: string | number | Date
}

/** The statement of a page, one row more than the page to tell whether there is another. */
export function questListQuery(request: QuestListRequest) {
  const { filters, memberships, limit, userId } = request
  const [column, type] = COLUMNS[filters.sort]
  const direction = filters.order === 'desc' ? sql`desc` : sql`asc`
  const key = sql.ref(`quests.${column}`)
  const conditions = [...questConditions(filters, userId, memberships), ...beyond(request, key, sql.raw(type))]
  const order = sql`${key} ${direction}, quests.id ${direction}`
  const [only, ...others] = memberships
  const columns = sql`quests.record, quests.seq, quests.workspace_id as "workspaceId", quests.id, ${key} as key`
  if (only !== undefined && others.length === 0) {
    return sql<QuestRow>`select ${columns} from quests
      where quests.workspace_id = ${only.workspaceId} and ${sql.join(conditions, sql` and `)}
      order by ${order} limit ${limit + 1}`
  }
  const ids = memberships.map(({ workspaceId }) => workspaceId)
  return sql<QuestRow>`select page.* from unnest(${ids}::text[]) as workspace(id) cross join lateral (
      select ${columns} from quests
      where quests.workspace_id = workspace.id and ${sql.join(conditions, sql` and `)}
      order by ${order} limit ${limit + 1}
    ) page
    order by page.key ${direction}, page.id ${direction}, page."workspaceId" ${direction} limit ${limit + 1}`
}

/** The condition of what comes after a cursor. Its first half is one that an index can begin at. */
function beyond(
  { after, filters }: QuestListRequest,
  key: RawBuilder<unknown>,
  type: RawBuilder<unknown>,
): readonly RawBuilder<unknown>[] {
  if (after === undefined) return []
  const [value, id, workspaceId] = after
  const [inclusive, exclusive] = filters.order === 'desc' ? [sql`<=`, sql`<`] : [sql`>=`, sql`>`]
  const from = sql`${value}::${type}`
  return [
    sql`(${key}, quests.id) ${inclusive} (${from}, ${id})`,
    sql`(${key}, quests.id, quests.workspace_id) ${exclusive} (${from}, ${id}, ${workspaceId})`,
  ]
}

function keyOf(key: QuestRow['key']): string | number {
  return key instanceof Date ? key.toISOString() : key
}
