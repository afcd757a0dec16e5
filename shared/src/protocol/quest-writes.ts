import { z } from 'zod'
import { fieldsWith } from '../domain/fields/field.ts'
import { questFields } from '../domain/quest/quest-fields.ts'
import { optionalShapeOf, shapeOf, writeSchemas } from './field-schemas.ts'
import { DERIVED_QUEST_FIELDS, type DerivedQuestField } from './quests.ts'
import { newIdSchema, recordIdSchema, timeZoneSchema, workspaceIdSchema } from './record-ids.ts'
import { ulidSchema } from './ulid.ts'
import { patchRecurrenceSchema } from './value-schemas.ts'

const { title, ...others } = fieldsWith(questFields, 'written', ['edit', 'whole'])
const fields = {
  notes: z.string().optional().meta({ description: 'Markdown. Merged with what others type at the same time.' }),
  ...optionalShapeOf(others, writeSchemas, { steps: 'All of them, in their order.' }),
}

const readOnly = z.unknown().optional().meta({ readOnly: true, description: 'Passed over.' })
const unwritten = fieldsWith(questFields, 'written', ['act', 'never'])
type ReadOnlyField = DerivedQuestField | keyof typeof unwritten

/** What a client that read a quest may send back with it, and cannot change. */
function readOnlyFields(): { readonly [Field in ReadOnlyField]: typeof readOnly }
function readOnlyFields(): object {
  return Object.fromEntries([...DERIVED_QUEST_FIELDS, ...Object.keys(unwritten)].map((name) => [name, readOnly]))
}

const newQuest = { id: newIdSchema.optional(), ...shapeOf({ title }, writeSchemas), ...fields }

export const createQuestSchema = z
  .strictObject({ workspaceId: workspaceIdSchema.optional(), ...newQuest })
  .meta({ id: 'CreateQuest' })

/** Replaces all that can be written; what is left out takes its default. */
export const replaceQuestSchema = z
  .strictObject({ ...readOnlyFields(), ...shapeOf({ title }, writeSchemas), ...fields })
  .meta({ id: 'ReplaceQuest' })

/**
 * Changes the fields that are there, those of a recurrence likewise. A list replaces the list, and a step or reminder in
 * it that the quest has keeps what is left out of it; a date is one value; null clears.
 */
export const patchQuestSchema = z
  .strictObject({
    ...optionalShapeOf({ title }, writeSchemas),
    ...fields,
    recurrence: patchRecurrenceSchema.nullable().optional(),
  })
  .meta({
    id: 'PatchQuest',
    description:
      'Changes what it names, within a recurrence too. A list replaces the list; its steps and reminders that the ' +
      'quest has keep what is left out of them. A date is one value. Null clears.',
  })

export const completeQuestSchema = z
  .strictObject({ timeZone: timeZoneSchema.optional() })
  .default({})
  .meta({ id: 'CompleteQuest' })

export const moveQuestSchema = z
  .strictObject({
    workspaceId: ulidSchema.meta({ description: 'Where it goes. Its sub-quests go along.' }),
    projectId: recordIdSchema.nullable().optional().meta({ description: 'A project there; the Inbox if left out.' }),
    sectionId: recordIdSchema.nullable().optional(),
  })
  .meta({ id: 'MoveQuest' })

export const addStepSchema = z
  .strictObject({ id: newIdSchema.optional(), text: z.string(), done: z.boolean().optional() })
  .meta({ id: 'AddStep' })

export const patchStepSchema = z
  .strictObject({
    text: z.string().optional(),
    done: z.boolean().optional(),
    after: recordIdSchema.nullable().optional().meta({ description: 'Puts it right after this step; null: first.' }),
  })
  .meta({ id: 'PatchStep' })

const on = { id: recordIdSchema }

export const questOperationSchema = z
  .discriminatedUnion('op', [
    z.strictObject({ op: z.literal('create'), ...newQuest }),
    z.strictObject({ op: z.literal('patch'), ...on, fields: patchQuestSchema }),
    z.strictObject({ op: z.literal('complete'), ...on }),
    z.strictObject({ op: z.literal('reopen'), ...on }),
    z.strictObject({ op: z.literal('trash'), ...on }),
    z.strictObject({ op: z.literal('restore'), ...on }),
    z.strictObject({
      op: z.literal('move'),
      ...on,
      projectId: recordIdSchema.nullable(),
      sectionId: recordIdSchema.nullable().optional(),
    }),
    z.strictObject({ op: z.literal('tag'), ...on, tagId: recordIdSchema }),
    z.strictObject({ op: z.literal('untag'), ...on, tagId: recordIdSchema }),
  ])
  .meta({ id: 'QuestOperation' })

/** Operations on the quests of one workspace, in order, all or none. */
export const bulkQuestsSchema = z
  .strictObject({
    workspaceId: workspaceIdSchema.optional(),
    timeZone: timeZoneSchema.optional(),
    operations: z.array(questOperationSchema).min(1).max(500),
  })
  .meta({ id: 'BulkQuests' })

export type CreateQuest = z.infer<typeof createQuestSchema>
export type PatchQuest = z.infer<typeof patchQuestSchema>
export type ReplaceQuest = z.infer<typeof replaceQuestSchema>
export type QuestOperation = z.infer<typeof questOperationSchema>
