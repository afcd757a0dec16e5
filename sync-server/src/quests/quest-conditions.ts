import type { questFilters } from '@questlog/shared/protocol/quest-lists'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Membership } from '../access/access-rule.ts'
import { NO_DATE, NO_PRIORITY } from '../read-model/indexers/column-values.ts'
import { searchCondition } from '../read-model/search/search-condition.ts'

export type QuestFilters = z.infer<z.ZodObject<typeof questFilters>>

type Condition = RawBuilder<unknown>

/**
 * What a row of `quests` must meet for a filter and for who asks, besides being in one of the workspaces. The Trash and
 * what is done are said in the words of the partial indexes.
 */
export function questConditions(
  filters: QuestFilters,
  userId: string,
  memberships: readonly Membership[],
): readonly Condition[] {
  const conditions = [filters.trashed === 'true' ? sql`quests.deleted_at is not null` : sql`quests.deleted_at is null`]
  const equal = (column: string, value: string | number | undefined) => {
    if (value !== undefined) conditions.push(sql`${sql.ref(column)} = ${value}`)
  }
  if (filters.done === 'true') conditions.push(sql`quests.done`)
  if (filters.done === 'false' || filters.actionable === 'true') conditions.push(sql`not quests.done`)
  if (filters.actionable === 'true') conditions.push(sql`not quests.blocked`, sql`quests.status <> 'cancelled'`)
  if (filters.blocked !== undefined)
    conditions.push(filters.blocked === 'true' ? sql`quests.blocked` : sql`not quests.blocked`)
  if (filters.project === 'none') conditions.push(sql`quests.project_id is null`)
  else equal('quests.project_id', filters.project)
  equal('quests.section_id', filters.section)
  equal('quests.parent_id', filters.parent)
  equal('quests.category_id', filters.category)
  if (filters.status !== undefined) {
    equal('quests.status', filters.status)
    // What is done is in no status any more, whichever it was in.
    conditions.push(sql`not quests.done`)
  }
  equal('quests.priority_order', filters.priority === 0 ? NO_PRIORITY : filters.priority)
  if (filters.tag !== undefined) conditions.push(sql`quests.tags @> ${[filters.tag]}::text[]`)
  if (filters.assignee !== undefined) {
    conditions.push(assignedTo(filters.assignee === 'me' ? userId : filters.assignee))
  }
  if (filters.dueFrom !== undefined) conditions.push(sql`quests.due_at >= ${filters.dueFrom}`)
  if (filters.dueBefore !== undefined) conditions.push(sql`quests.due_at < ${filters.dueBefore}`)
  // No date stands behind all dates, and is none.
  else if (filters.dueFrom !== undefined) conditions.push(sql`quests.due_at < ${NO_DATE}`)
  if (filters.text !== undefined) {
    conditions.push(
      searchCondition(
        memberships.map(({ workspaceId }) => workspaceId),
        filters.text,
      ),
    )
  }
  return [...conditions, ...visibleTo(userId, memberships)]
}

function assignedTo(userId: string): Condition {
  return sql`quests.assignees @> ${[userId]}::text[]`
}

/** A guest sees the quests assigned to them, and no others. */
function visibleTo(userId: string, memberships: readonly Membership[]): readonly Condition[] {
  const open = memberships.filter(({ role }) => role !== 'guest').map(({ workspaceId }) => workspaceId)
  if (open.length === memberships.length) return []
  if (open.length === 0) return [assignedTo(userId)]
  return [sql`(quests.workspace_id = any(${open}::text[]) or ${assignedTo(userId)})`]
}
