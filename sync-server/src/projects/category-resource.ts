import { type CategoryId, newId, storedId } from '@questlog/shared/domain/kernel/ids'
import { createCategorySchema, patchCategorySchema } from '@questlog/shared/protocol/record-writes'
import { categorySchema } from '@questlog/shared/protocol/records'
import { homeWorkspace } from '../records/answer-write.ts'
import { editAndPlace } from '../records/place-after.ts'
import { changedBy, madeOf, type RecordResource } from '../records/record-resource.ts'
import { said } from '../records/said-fields.ts'

export const categoryResource: RecordResource = {
  table: 'categories',
  one: 'Category',
  many: 'Categories',
  schema: categorySchema,
  list: { summary: 'Categories, in their order', sort: { column: 'rank', type: 'text' } },
  create: {
    summary: 'Make a category',
    refuses: ['already-exists', 'workspace-full'],
    ...madeOf(createCategorySchema, ({ workspaceId, id = newId(), name, color = null }, request) => ({
      workspaceId: workspaceId ?? homeWorkspace(request),
      id,
      command: { kind: 'createCategory', id: storedId(id), name, color },
    })),
  },
  get: { summary: 'One category' },
  update: {
    summary: 'Change a category',
    refuses: ['precondition-failed', 'workspace-full'],
    ...changedBy(patchCategorySchema, ({ state }, text, { after, ...fields }) => {
      const id = storedId<CategoryId>(text)
      const edited = { kind: 'editCategory', id, fields: said(fields) } as const
      return editAndPlace(edited, { id, after, among: state.categories() }, (place) => ({
        kind: 'reorderCategory',
        id,
        ...place,
      }))
    }),
  },
  remove: {
    summary: 'Remove a category; its quests are left without one',
    refuses: ['precondition-failed', 'workspace-full'],
    command: (id) => ({ kind: 'deleteCategory', id: storedId(id) }),
  },
}
