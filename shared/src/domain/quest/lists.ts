import type { ProjectId, QuestId } from '../kernel/ids.ts'
import { instantOfWhen, localDateOfWhen } from '../time/when.ts'
import type { Quest } from './quest.ts'

/** Today as seen on a local date by a reader in a zone; `dayAt` gives the date. */
export interface TodayKey {
  readonly kind: 'today'
  readonly day: string
  readonly tz: string
}

/**
 * The lists of quests. `inbox` and `project` hold what is still to do, `done` what is closed (done, then cancelled) in
 * one project or, for null, in none, `all` everything outside the Trash, done and cancelled included.
 */
export type ListKey =
  | { readonly kind: 'inbox' }
  | TodayKey
  | { readonly kind: 'project'; readonly projectId: ProjectId }
  | { readonly kind: 'trash' }
  | { readonly kind: 'done'; readonly projectId: ProjectId | null }
  | { readonly kind: 'all' }

/** The sections of Today, in their order. */
export type TodaySection = 'overdue' | 'now' | 'later' | 'done'

/** What places a quest in lists. */
export type ListedQuest = Pick<
  Quest,
  | 'status'
  | 'projectId'
  | 'parentId'
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
  /** For what is later today: when it falls overdue, if during the day. */
  readonly overdueAt?: number
}

const TODAY_GROUPS: { readonly [section in TodaySection]: number } = { overdue: 0, now: 1, later: 2, done: 3 }

/** The key as a string, equal for equal keys. */
export function listKeyString(key: ListKey): string {
  switch (key.kind) {
    case 'today':
      return `today/${key.day}/${key.tz}`
    case 'project':
      return `project/${key.projectId}`
    case 'done':
      return `done/${key.projectId ?? ''}`
    case 'inbox':
    case 'trash':
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
      return quest.projectId === key.projectId && isClosed(quest)
        ? { group: -(quest.completedAt ?? 0), rank: '' }
        : null
    case 'inbox':
      return quest.projectId === null && !isClosed(quest) ? { group: 0, rank: quest.rank } : null
    case 'project':
      return quest.projectId === key.projectId && !isClosed(quest) ? { group: 0, rank: quest.rank } : null
    case 'today': {
      const section = todaySectionOf(quest, key)
      if (section === null) return null
      const place = { group: TODAY_GROUPS[section], rank: todayRankOf(quest) }
      return section === 'later' ? { ...place, overdueAt: overdueAt(quest, key.tz) } : place
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
 * The section of Today a quest outside the Trash is in, or null. Overdue: due or deadline before today or, where a
 * moment is given, before that. Now: active, whatever its dates. Later: due, scheduled or with its deadline today, or
 * scheduled earlier and still open. Done: its completion counts for today.
 */
export function todaySectionOf(quest: ListedQuest, key: TodayKey, now?: number): TodaySection | null {
  if (quest.completedAt !== null) return quest.completedDay === key.day ? 'done' : null
  if (quest.status === 'cancelled') return null
  if (quest.status === 'active') return 'now'
  const due = dateOf(quest.due, key.tz)
  const deadline = dateOf(quest.deadline, key.tz)
  if (due < key.day || deadline < key.day) return 'overdue'
  if (now !== undefined && overdueAt(quest, key.tz) < now) return 'overdue'
  const isForToday = due === key.day || deadline === key.day || dateOf(quest.scheduled, key.tz) <= key.day
  return isForToday ? 'later' : null
}

/**
 * Today's list split into its sections at a moment, each in its order. The list itself knows no time of day: what falls
 * overdue during the day still stands among what is later there.
 */
export function todaySections(
  state: { quest(id: QuestId): Quest | undefined; list(key: ListKey): readonly QuestId[] },
  key: TodayKey,
  now: number,
): { readonly [section in TodaySection]: readonly QuestId[] } {
  const sections: { readonly [section in TodaySection]: Quest[] } = { overdue: [], now: [], later: [], done: [] }
  for (const id of state.list(key)) {
    const quest = state.quest(id)
    const section = quest === undefined ? null : todaySectionOf(quest, key, now)
    if (quest !== undefined && section !== null) sections[section].push(quest)
  }
  sections.overdue.sort((a, b) => comparePositions(openPosition(a), a.id, openPosition(b), b.id))
  const ids = (section: TodaySection) => sections[section].map(({ id }) => id)
  return { overdue: ids('overdue'), now: ids('now'), later: ids('later'), done: ids('done') }
}

function openPosition(quest: ListedQuest): ListPosition {
  return { group: 0, rank: todayRankOf(quest) }
}

/** Whether nothing is left to do: done, or cancelled. */
export function isClosed(quest: ListedQuest): boolean {
  return quest.completedAt !== null || quest.status === 'cancelled'
}

/** The moment of the first of a quest's due and deadline that have a time of day; infinity where neither has one. */
function overdueAt({ due, deadline }: ListedQuest, tz: string): number {
  return Math.min(...[due, deadline].map((when) => (when === null || 'd' in when ? Infinity : instantOfWhen(when, tz))))
}

function dateOf(when: Quest['due'], tz: string): string {
  // Sorts after every date, so that a missing one is neither past nor today.
  return when === null ? '~' : localDateOfWhen(when, tz)
}
