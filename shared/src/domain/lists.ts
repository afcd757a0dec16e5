import type { ProjectId, QuestId } from './ids.ts'
import type { Quest } from './quest.ts'
import { localDateOfWhen } from './when.ts'

/** Today as seen on a local date by a reader in a zone; `dayAt` gives the date. */
export interface TodayKey {
  readonly kind: 'today'
  readonly day: string
  readonly tz: string
}

/**
 * The lists of quests. `inbox` and `project` hold what is still to do, `done` what is closed (done, then cancelled),
 * `all` everything outside the Trash, done and cancelled included.
 */
export type ListKey =
  | { readonly kind: 'inbox' }
  | TodayKey
  | { readonly kind: 'project'; readonly projectId: ProjectId }
  | { readonly kind: 'trash' }
  | { readonly kind: 'done' }
  | { readonly kind: 'all' }

/** The sections of Today, in their order. */
export type TodaySection = 'overdue' | 'now' | 'later' | 'done'

/** What places a quest in lists. */
export type ListedQuest = Pick<
  Quest,
  | 'status'
  | 'projectId'
  | 'due'
  | 'scheduled'
  | 'deadline'
  | 'rank'
  | 'todayRank'
  | 'completedAt'
  | 'completedDay'
  | 'deletedAt'
>

/** Where a quest stands in a list: ordered by `group`, then `rank`, then the quest's id. */
export interface ListPosition {
  readonly group: number
  readonly rank: string
}

const TODAY_GROUPS: { readonly [section in TodaySection]: number } = { overdue: 0, now: 1, later: 2, done: 3 }

/** The key as a string, equal for equal keys. */
export function listKeyString(key: ListKey): string {
  switch (key.kind) {
    case 'today':
      return `today/${key.day}/${key.tz}`
    case 'project':
      return `project/${key.projectId}`
    case 'inbox':
    case 'trash':
    case 'done':
    case 'all':
      return key.kind
  }
}

/** A quest's place in a list, or null when it is not in it. This alone decides membership and order. */
export function positionIn(quest: ListedQuest, key: ListKey): ListPosition | null {
  if (quest.deletedAt !== null) {
    return key.kind === 'trash' ? { group: -quest.deletedAt, rank: '' } : null
  }
  switch (key.kind) {
    case 'trash':
      return null
    case 'all':
      return { group: 0, rank: quest.rank }
    case 'done':
      return isClosed(quest) ? { group: -(quest.completedAt ?? 0), rank: '' } : null
    case 'inbox':
      return quest.projectId === null && !isClosed(quest) ? { group: 0, rank: quest.rank } : null
    case 'project':
      return quest.projectId === key.projectId && !isClosed(quest) ? { group: 0, rank: quest.rank } : null
    case 'today': {
      const section = todaySectionOf(quest, key)
      return section === null ? null : { group: TODAY_GROUPS[section], rank: todayRankOf(quest) }
    }
  }
}

/** Orders two places of one list. */
export function comparePositions(a: ListPosition, idA: string, b: ListPosition, idB: string): number {
  if (a.group !== b.group) return a.group - b.group
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1
  return idA === idB ? 0 : idA < idB ? -1 : 1
}

/** The rank that orders a quest in Today: its own there, else the one of its list. */
export function todayRankOf(quest: ListedQuest): string {
  return quest.todayRank ?? quest.rank
}

/**
 * The section of Today a quest outside the Trash is in, or null. Overdue: due or deadline before today. Now: active,
 * whatever its dates. Later: due, scheduled or with its deadline today, or scheduled earlier and still open. Done: its
 * completion counts for today.
 */
export function todaySectionOf(quest: ListedQuest, key: TodayKey): TodaySection | null {
  if (quest.completedAt !== null) return quest.completedDay === key.day ? 'done' : null
  if (quest.status === 'cancelled') return null
  if (quest.status === 'active') return 'now'
  const due = dateOf(quest.due, key.tz)
  const deadline = dateOf(quest.deadline, key.tz)
  if (due < key.day || deadline < key.day) return 'overdue'
  const isForToday = due === key.day || deadline === key.day || dateOf(quest.scheduled, key.tz) <= key.day
  return isForToday ? 'later' : null
}

/** Today's list split into its sections, each in the list's order. */
export function todaySections(
  state: { quest(id: QuestId): Quest | undefined; list(key: ListKey): readonly QuestId[] },
  key: TodayKey,
): { readonly [section in TodaySection]: readonly QuestId[] } {
  const sections: { readonly [section in TodaySection]: QuestId[] } = { overdue: [], now: [], later: [], done: [] }
  for (const id of state.list(key)) {
    const quest = state.quest(id)
    const section = quest === undefined ? null : todaySectionOf(quest, key)
    if (section !== null) sections[section].push(id)
  }
  return sections
}

/** Whether nothing is left to do: done, or cancelled. */
export function isClosed(quest: ListedQuest): boolean {
  return quest.completedAt !== null || quest.status === 'cancelled'
}

function dateOf(when: Quest['due'], tz: string): string {
  // Sorts after every date, so that a missing one is neither past nor today.
  return when === null ? '~' : localDateOfWhen(when, tz)
}
