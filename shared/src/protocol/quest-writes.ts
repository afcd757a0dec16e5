import { z } from 'zod'
import {
  difficultySchema,
  energySchema,
  prioritySchema,
  questStatusSchema,
  recurrenceSchema,
  reminderAnchorSchema,
} from './quests.ts'
import { newIdSchema, recordIdSchema, timeZoneSchema, workspaceIdSchema } from './record-ids.ts'
import { ulidSchema } from './ulid.ts'

// Shapes only: what a title or a date may hold is for the domain to say, which all clients share.

/** One value: a date that is sent replaces the former as a whole. */
const newWhenSchema = z
  .union([
    z.strictObject({ d: z.string() }),
    z.strictObject({ dt: z.string(), tz: z.string() }),
    z.strictObject({ dt: z.string() }),
  ])
  .meta({ id: 'NewWhen' })

const newStepSchema = z.strictObject({
  id: newIdSchema.optional(),
  text: z.string(),
  done: z.boolean().optional(),
  rank: z.unknown().optional().meta({ description: 'Passed over: steps take the order in which they are sent.' }),
})

const reminderOptions = { id: newIdSchema.optional(), nagging: z.boolean().optional() }
const newReminderSchema = z.union([
  z.strictObject({ ...reminderOptions, at: newWhenSchema }),
  z.strictObject({ ...reminderOptions, minutesBefore: z.int(), of: reminderAnchorSchema }),
])

const patchRecurrenceSchema = z
  .strictObject({ ...recurrenceSchema.shape, pausedUntil: z.string().nullable() })
  .partial()
  .meta({ description: 'Changes what it names, null ends a pause. A quest without one needs the `rrule`.' })

const newRecurrenceSchema = z.strictObject({
  ...recurrenceSchema.shape,
  anchor: recurrenceSchema.shape.anchor.default('due'),
  missed: recurrenceSchema.shape.missed.default('latest'),
  monthEnd: recurrenceSchema.shape.monthEnd.default('clamp'),
  exdates: recurrenceSchema.shape.exdates.default([]),
  waitForDone: recurrenceSchema.shape.waitForDone.default(false),
})

const fields = {
  notes: z.string().optional().meta({ description: 'Markdown. Merged with what others type at the same time.' }),
  status: questStatusSchema.optional(),
  priority: prioritySchema.optional(),
  difficulty: difficultySchema.optional(),
  energy: energySchema.nullable().optional(),
  projectId: recordIdSchema.nullable().optional(),
  sectionId: recordIdSchema.nullable().optional(),
  parentId: recordIdSchema.nullable().optional(),
  categoryId: recordIdSchema.nullable().optional(),
  tags: z.array(recordIdSchema).max(1_000).optional(),
  assignees: z.array(recordIdSchema).max(1_000).optional(),
  steps: z.array(newStepSchema).max(1_000).optional().meta({ description: 'All of them, in their order.' }),
  start: newWhenSchema.nullable().optional(),
  scheduled: newWhenSchema.nullable().optional(),
  due: newWhenSchema.nullable().optional(),
  deadline: newWhenSchema.nullable().optional(),
  estimateMin: z.number().nullable().optional(),
  recurrence: newRecurrenceSchema.nullable().optional(),
  reminders: z.array(newReminderSchema).max(1_000).optional(),
}

const readOnly = z.unknown().optional().meta({ readOnly: true, description: 'Passed over.' })

/** What a client that read a quest may send back with it, and cannot change. */
const readOnlyFields = {
  id: readOnly,
  workspaceId: readOnly,
  version: readOnly,
  done: readOnly,
  blocked: readOnly,
  templateId: readOnly,
  rank: readOnly,
  todayRank: readOnly,
  attachments: readOnly,
  createdAt: readOnly,
  createdBy: readOnly,
  completedAt: readOnly,
  completedDay: readOnly,
  deletedAt: readOnly,
  source: readOnly,
  movedFrom: readOnly,
}

const newQuest = { id: newIdSchema.optional(), title: z.string(), ...fields }

export const createQuestSchema = z
  .strictObject({ workspaceId: workspaceIdSchema.optional(), ...newQuest })
  .meta({ id: 'CreateQuest' })

/** Replaces all that can be written; what is left out takes its default. */
export const replaceQuestSchema = z
  .strictObject({ ...readOnlyFields, title: z.string(), ...fields })
  .meta({ id: 'ReplaceQuest' })

/**
 * Changes the fields that are there, those of a recurrence likewise. A list replaces the list, and a step or reminder in
 * it that the quest has keeps what is left out of it; a date is one value; null clears.
 */
export const patchQuestSchema = z
  .strictObject({ title: z.string().optional(), ...fields, recurrence: patchRecurrenceSchema.nullable().optional() })
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
