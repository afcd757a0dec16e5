import { questsForTemplate } from '@questlog/shared/domain/commands/template-from-quest'
import { newId, type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import { createTemplateSchema, patchTemplateSchema } from '@questlog/shared/protocol/record-writes'
import { templateSchema } from '@questlog/shared/protocol/records'
import { locateRecord } from '../records/find-record.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import { changedBy, madeOf, type RecordResource } from '../records/record-resource.ts'
import { said } from '../records/said-fields.ts'

/** Quests with their sub-quests, kept to be made again. */
export function templateResource(deps: RecordDeps): RecordResource {
  return {
    table: 'templates',
    one: 'Template',
    many: 'Templates',
    schema: templateSchema,
    list: { summary: 'Templates by name', sort: { column: 'name', type: 'text' } },
    create: {
      summary: 'Make a template of a quest with its sub-quests, steps, notes and relations',
      refuses: ['already-exists', 'trashed', 'workspace-full'],
      ...madeOf(createTemplateSchema, async ({ id = newId(), name, timeZone, questId: text }, request) => {
        const questId = storedId<QuestId>(text)
        return {
          workspaceId: await locateRecord(deps, request, 'quests', questId),
          id,
          timeZone,
          command(draft) {
            const notes = questsForTemplate(draft.state, questId).map((each) => [each, draft.note(each)])
            return { kind: 'createTemplate', id: storedId(id), name, questId, notes: Object.fromEntries(notes) }
          },
          fieldOf: () => 'questId',
        }
      }),
    },
    get: { summary: 'One template' },
    update: {
      summary: 'Rename a template',
      refuses: ['precondition-failed', 'workspace-full'],
      ...changedBy(patchTemplateSchema, (_draft, id, fields) => [
        { kind: 'editTemplate', id: storedId(id), fields: said(fields) },
      ]),
    },
    remove: {
      summary: 'Remove a template; the quests made from it stay',
      refuses: ['precondition-failed'],
      command: (id) => ({ kind: 'deleteTemplate', id: storedId(id) }),
    },
  }
}
