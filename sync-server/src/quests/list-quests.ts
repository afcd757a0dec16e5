import type { QuestSort } from '@questlog/shared/protocol/quest-lists'
import type { Membership } from '../access/access-rule.ts'
import type { PageRequest } from '../records/list-page.ts'
import { type QuestFilters, questConditions } from './quest-conditions.ts'

/** Each has an index per workspace. */
const SORTS: { readonly [Sort in QuestSort]: PageRequest<'quests'>['sort'] } = {
  rank: ['rank', 'text'],
  due: ['due_at', 'text'],
  priority: ['priority_order', 'smallint'],
  createdAt: ['created_at', 'timestamptz'],
  updated: ['seq', 'bigint'],
  title: ['title', 'text'],
}

/** What a list of quests asks of the rows, as somebody may see them. */
export function questList(
  filters: QuestFilters,
  userId: string,
  memberships: readonly Membership[],
): Omit<PageRequest<'quests'>, 'memberships' | 'limit' | 'after'> {
  return {
    table: 'quests',
    sort: SORTS[filters.sort],
    descending: filters.order === 'desc',
    isNarrow: filters.text !== undefined || filters.tag !== undefined || filters.assignee !== undefined,
    conditions: questConditions(filters, userId, memberships),
  }
}
