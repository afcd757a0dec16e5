import type { QuestSort } from '@questlog/shared/protocol/quest-lists'
import type { Membership } from '../access/access-rule.ts'
import { NO_DATE, NO_PRIORITY } from '../read-model/indexers/column-values.ts'
import type { PageRequest } from '../records/list-page.ts'
import { type QuestFilters, questConditions } from './quest-conditions.ts'

/** Each has an index per workspace. */
const SORTS: { readonly [Sort in QuestSort]: PageRequest<'quests'>['sort'] } = {
  rank: { column: 'rank', type: 'text' },
  due: { column: 'due_at', type: 'text', none: NO_DATE },
  priority: { column: 'priority_order', type: 'smallint', none: NO_PRIORITY },
  createdAt: { column: 'created_at', type: 'timestamptz' },
  updated: { column: 'seq', type: 'bigint' },
  title: { column: 'title', type: 'text' },
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
