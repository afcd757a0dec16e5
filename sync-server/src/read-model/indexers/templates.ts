import { storedId, type TemplateId } from '@questlog/shared/domain/kernel/ids'
import type { TemplateQuest } from '@questlog/shared/domain/templates/template-quest'
import type { TemplateResponse } from '@questlog/shared/protocol/records'
import type { ReadModelTables } from '../../db/tables/read-model.ts'
import { instant, sortableTitle } from './column-values.ts'
import type { Indexer } from './indexer.ts'

/** Rows of templates. */
export const templateIndexer: Indexer = {
  table: 'templates',
  columns: { name: 'text' },
  row({ workspaceId, state }, id) {
    const template = state.template(storedId<TemplateId>(id))
    if (template === undefined) return null
    const record: ReadModelTables['templates']['record'] = {
      ...template,
      workspaceId,
      createdAt: instant(template.createdAt),
      quests: template.quests.map(questRepresentation),
      relations: [...template.relations],
    }
    return { record, columns: { name: sortableTitle(record.name) } }
  },
}

function questRepresentation(quest: TemplateQuest): TemplateResponse['quests'][number] {
  return {
    ...quest,
    recurrence: quest.recurrence === null ? null : { ...quest.recurrence, exdates: [...quest.recurrence.exdates] },
    tags: [...quest.tags],
    assignees: [...quest.assignees],
    steps: [...quest.steps],
    reminders: Array.from(quest.reminders, ([reminderId, reminder]) => ({ ...reminder, id: reminderId })),
  }
}
