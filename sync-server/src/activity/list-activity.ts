import type { ActivityResponse } from '@questlog/shared/protocol/activity'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '../db/tables.ts'
import { cursorInstantSchema, cursorTextSchema } from '../http/pagination.ts'
import { WORKSPACE } from '../read-model/projecting/activity.ts'

/** Where a page of activity begins: after this change of a workspace, and what it is ordered by. */
export const activityCursorSchema = z.tuple([
  cursorInstantSchema,
  cursorTextSchema,
  z.int().nonnegative(),
  z.int32().nonnegative(),
])
export type ActivityCursor = z.infer<typeof activityCursorSchema>

/** The list leaves out the records of a restore that changed more than this many. */
const LISTED_CHANGES = 100

export interface ActivityRequest {
  readonly workspaceIds: readonly string[]
  readonly quest: string | undefined
  /** Only what was removed. */
  readonly removed?: boolean
  readonly limit: number
  readonly after: ActivityCursor | undefined
}

type ActivityRow = Omit<ActivityResponse, 'seq' | 'at'> & { readonly seq: string; readonly at: Date }

/**
 * The newest changes first. In one workspace they come in its own order; a quest's changes in several are put together
 * by their time.
 */
export async function listActivity(
  db: Database,
  request: ActivityRequest,
): Promise<{ readonly items: ActivityResponse[]; readonly next: ActivityCursor | null }> {
  if (request.workspaceIds.length === 0) return { items: [], next: null }
  const { rows } = await activityQuery(request).execute(db)
  const items = rows.map((row): ActivityResponse => ({ ...row, seq: Number(row.seq), at: row.at.toISOString() }))
  const last = items.length > request.limit ? items[request.limit - 1] : undefined
  return {
    items: items.slice(0, request.limit),
    next: last === undefined ? null : [last.at, last.workspaceId, last.seq, last.n],
  }
}

// Removed records, those put into the Trash, and notes that lost most of their text; an index says the same.
const removedCondition = sql`(change = 'removed' or (field = 'deletedAt' and after is not null))`

// Putting back a whole workspace is one line in it; the history of each quest has the rest.
const withoutLargeRestores = sql`(kind = ${WORKSPACE} or not exists (
  select from activity restore where restore.workspace_id = activity.workspace_id and restore.seq = activity.seq
    and restore.kind = ${sql.lit(WORKSPACE)} and (restore.after->>'changes')::int > ${LISTED_CHANGES}
))`

/** The statement of a page, with one row more to tell whether another page follows. */
export function activityQuery({ workspaceIds, quest, removed = false, limit, after }: ActivityRequest) {
  const [only, ...others] = workspaceIds
  const ofQuest = quest === undefined ? sql`true` : sql`quest_id = ${quest}`
  const isWhole = quest === undefined && !removed
  const about = removed ? sql`${ofQuest} and ${removedCondition}` : isWhole ? withoutLargeRestores : ofQuest
  if (only !== undefined && others.length === 0) {
    const beyond = after === undefined ? sql`true` : sql`(seq, n) < (${after[2]}, ${after[3]})`
    return page(sql`workspace_id = ${only}`, about, beyond, sql`seq desc, n desc`, limit)
  }
  const beyond =
    after === undefined
      ? sql`true`
      : sql`(date_trunc('milliseconds', at), workspace_id, seq, n) < (${after[0]}::timestamptz, ${after[1]}, ${after[2]}, ${after[3]})`
  const order = sql`date_trunc('milliseconds', at) desc, workspace_id desc, seq desc, n desc`
  return page(sql`workspace_id = any(${[...workspaceIds]}::text[])`, about, beyond, order, limit)
}

function page(
  place: RawBuilder<unknown>,
  about: RawBuilder<unknown>,
  beyond: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  limit: number,
) {
  return sql<ActivityRow>`
    select workspace_id as "workspaceId", seq, n, at, user_id as "userId", change, kind, record_id as "recordId",
      quest_id as "questId", field, before, after
    from activity where ${place} and ${about} and ${beyond} order by ${order} limit ${limit + 1}`
}
