import { type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import type { Quest } from '@questlog/shared/domain/quest/quest'
import { questFields } from '@questlog/shared/domain/quest/quest-fields'
import { isBlocked } from '@questlog/shared/domain/state/dependencies'
import type { QuestsTable } from '../../db/tables/read-model.ts'
import { searchWords } from '../search/search-words.ts'
import { instantOrNull, key, keyOrNull, NO_PRIORITY, sortableTitle, sortableWhen } from './column-values.ts'
import type { Indexer, WorkspaceView } from './indexer.ts'
import { wireValues } from './wire-values.ts'

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
}

function words(text: string): string {
  return searchWords(text.slice(0, SEARCHED_UNITS)).join(' ')
}

function representation(view: WorkspaceView, quest: Quest): QuestsTable['record'] {
  return {
    ...wireValues(questFields, quest),
    id: quest.id,
    workspaceId: view.workspaceId,
    notes: view.note(quest.id),
    done: quest.completedAt !== null,
    blocked: isBlocked(view.state, quest.id),
    completedAt: instantOrNull(quest.completedAt),
    completedDay: quest.completedDay,
  }
}
