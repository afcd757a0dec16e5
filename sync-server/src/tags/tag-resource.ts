import { newId, storedId } from '@questlog/shared/domain/kernel/ids'
import { createTagSchema, patchTagSchema } from '@questlog/shared/protocol/record-writes'
import { tagSchema } from '@questlog/shared/protocol/records'
import { homeWorkspace } from '../records/answer-write.ts'
import { changedBy, madeOf, type RecordResource } from '../records/record-resource.ts'
import { said } from '../records/said-fields.ts'

export const tagResource: RecordResource = {
  table: 'tags',
  one: 'Tag',
  many: 'Tags',
  schema: tagSchema,
  list: { summary: 'Tags, in their order', sort: { column: 'name', type: 'text' } },
  create: {
    summary: 'Make a tag',
    refuses: ['already-exists', 'workspace-full'],
    ...madeOf(createTagSchema, ({ workspaceId, id = newId(), name, color = null }, request) => ({
      workspaceId: workspaceId ?? homeWorkspace(request),
      id,
      command: { kind: 'createTag', id: storedId(id), name, color },
    })),
  },
  get: { summary: 'One tag' },
  update: {
    summary: 'Change a tag',
    refuses: ['precondition-failed', 'workspace-full'],
    ...changedBy(patchTagSchema, (_draft, id, fields) => [{ kind: 'editTag', id: storedId(id), fields: said(fields) }]),
  },
  remove: {
    summary: 'Remove a tag, and take it off its quests',
    refuses: ['precondition-failed', 'workspace-full'],
    command: (id) => ({ kind: 'deleteTag', id: storedId(id) }),
  },
}
