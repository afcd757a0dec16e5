import { type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import type { Quest } from '@questlog/shared/domain/quest/quest'
import { isBlocked } from '@questlog/shared/domain/state/dependencies'
import type { QuestsTable } from '../../db/tables/read-model.ts'
import { searchWords } from '../search/search-words.ts'
import { instant, instantOrNull, key, keyOrNull, NO_PRIORITY, sortableTitle, sortableWhen } from './column-values.ts'
import type { Indexer, WorkspaceView } from './indexer.ts'

/** A note is searched up to here: a text search vector has at most a megabyte. */
const SEARCHED_UNITS = 32 * 1024

/** Rows of quests, those in the Trash included. */
export const questIndexer: Indexer = {
  table: 'quests',
  columns: {
    status: 'text',
    done: 'boolean',
    blocked: 'boolean',
    priority_order: 'smallint',
    project_id: 'text',
    section_id: 'text',
    parent_id: 'text',
    category_id: 'text',
    template_id: 'text',
    due_at: 'text',
    scheduled_at: 'text',
    created_at: 'timestamptz',
    completed_at: 'timestamptz',
    deleted_at: 'timestamptz',
    rank: 'text',
    title: 'text',
    tags: 'text[]',
    assignees: 'text[]',
  },
  row(view, id) {
    const quest = view.state.quest(storedId<QuestId>(id))
    if (quest === undefined) return null
    const record = representation(view, quest)
    return {
      record,
      columns: {
        status: record.status,
        done: record.done,
        blocked: record.blocked,
        priority_order: record.priority === 0 ? NO_PRIORITY : record.priority,
        project_id: keyOrNull(record.projectId),
        section_id: keyOrNull(record.sectionId),
        parent_id: keyOrNull(record.parentId),
        category_id: keyOrNull(record.categoryId),
        template_id: keyOrNull(record.templateId),
        due_at: sortableWhen(record.due),
        scheduled_at: sortableWhen(record.scheduled),
        created_at: record.createdAt,
        completed_at: record.completedAt,
        deleted_at: record.deletedAt,
        rank: key(record.rank),
        title: sortableTitle(record.title),
        tags: record.tags.map(key),
        assignees: record.assignees.map(key),
      },
    }
  },
  words: ({ state, note }, id) => ({
    title: words(state.quest(storedId<QuestId>(id))?.title ?? ''),
    note: words(note(id)),
  }),
  questOf: (id) => id,
}

function words(text: string): string {
  return searchWords(text.slice(0, SEARCHED_UNITS)).join(' ')
}

function representation(view: WorkspaceView, quest: Quest): QuestsTable['record'] {
  return {
    id: quest.id,
    workspaceId: view.workspaceId,
    title: quest.title,
    notes: view.note(quest.id),
    status: quest.status,
    done: quest.completedAt !== null,
    blocked: isBlocked(view.state, quest.id),
    priority: quest.priority,
    difficulty: quest.difficulty,
    energy: quest.energy,
    projectId: quest.projectId,
    sectionId: quest.sectionId,
    parentId: quest.parentId,
    templateId: quest.templateId,
    categoryId: quest.categoryId,
    tags: [...quest.tags].sort(),
    assignees: [...quest.assignees].sort(),
    steps: Array.from(quest.steps, ([id, { text, done, rank }]) => ({ id, text, done, rank })),
    start: quest.start,
    scheduled: quest.scheduled,
    due: quest.due,
    deadline: quest.deadline,
    estimateMin: quest.estimateMin,
    recurrence: quest.recurrence === null ? null : { ...quest.recurrence, exdates: [...quest.recurrence.exdates] },
    reminders: elements(quest.reminders),
    rank: quest.rank,
    todayRank: quest.todayRank,
    attachments: elements(quest.attachments),
    createdAt: instant(quest.createdAt),
    createdBy: quest.createdBy,
    completedAt: instantOrNull(quest.completedAt),
    completedDay: quest.completedDay,
    deletedAt: instantOrNull(quest.deletedAt),
    source: quest.source,
    movedFrom: [...quest.movedFrom]
      .sort(([a, atA], [b, atB]) => atA - atB || (a < b ? -1 : 1))
      .map(([workspaceId, at]) => ({ workspaceId, at: instant(at) })),
  }
}

/** The elements of a map by id, each with its id. */
function elements<Element extends object>(map: ReadonlyMap<string, Element>): (Element & { readonly id: string })[] {
  const sorted = [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted.map(([id, element]) => ({ ...element, id }))
}
