import { z } from 'zod'
import {
  difficultySchema,
  energySchema,
  instantSchema,
  prioritySchema,
  recurrenceSchema,
  reminderAnchorSchema,
  reminderOptions,
  stepSchema,
  versionSchema,
} from './quests.ts'

// As REST answers with them. They check no limits: devices with other limits write to the same log.

const common = { id: z.string(), workspaceId: z.string(), version: versionSchema }

export const projectSchema = z
  .object({
    ...common,
    name: z.string(),
    color: z.string().nullable(),
    rank: z.string(),
    createdAt: instantSchema,
    archivedAt: instantSchema.nullable(),
    deletedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Project' })

export const sectionSchema = z
  .object({ ...common, projectId: z.string(), name: z.string(), rank: z.string() })
  .meta({ id: 'Section' })

export const tagSchema = z.object({ ...common, name: z.string(), color: z.string().nullable() }).meta({ id: 'Tag' })

export const categorySchema = z.object({ ...tagSchema.shape, rank: z.string() }).meta({ id: 'Category' })

export const relationKindSchema = z.enum(['blocks', 'relates', 'duplicates'])

export const relationSchema = z
  .object({
    ...common,
    kind: relationKindSchema,
    from: z.string(),
    to: z.string(),
    createdAt: instantSchema,
    createdBy: z.string().nullable(),
  })
  .meta({ id: 'Relation' })

/** One done occurrence of a quest. */
export const completionSchema = z
  .object({
    ...common,
    questId: z.string(),
    /** A local date, or `once` for a quest that does not repeat. */
    occurrence: z.string(),
    at: instantSchema,
    /** The IANA time zone it was completed in. */
    tz: z.string(),
    /** The day it counts for, `YYYY-MM-DD`. */
    day: z.string(),
    by: z.string().nullable(),
    difficulty: difficultySchema,
    stepsDone: z.number(),
    timely: z.boolean(),
    unblocked: z.number(),
    /** When it was undone. */
    voidedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Completion' })

export type ProjectResponse = z.infer<typeof projectSchema>
export type SectionResponse = z.infer<typeof sectionSchema>
export type TagResponse = z.infer<typeof tagSchema>
export type CategoryResponse = z.infer<typeof categorySchema>
export type RelationResponse = z.infer<typeof relationSchema>
export type CompletionResponse = z.infer<typeof completionSchema>

/** So many days after the day a template is used (negative: before), the wall clock kept. */
const relativeWhenSchema = z.object({
  days: z.number(),
  /** `HH:MM`; missing for a whole day. */
  time: z.string().optional(),
  tz: z.string().optional(),
})

/** One quest of a template: what a new one starts with. Its parent is the place of an earlier one. */
export const templateQuestSchema = z.object({
  title: z.string(),
  parent: z.number().nullable(),
  priority: prioritySchema,
  difficulty: difficultySchema,
  energy: energySchema.nullable(),
  estimateMin: z.number().nullable(),
  recurrence: recurrenceSchema.nullable(),
  categoryId: z.string().nullable(),
  tags: z.array(z.string()),
  assignees: z.array(z.string()),
  start: relativeWhenSchema.nullable(),
  scheduled: relativeWhenSchema.nullable(),
  due: relativeWhenSchema.nullable(),
  deadline: relativeWhenSchema.nullable(),
  steps: z.array(stepSchema.omit({ done: true })),
  reminders: z.array(
    z.union([
      z.object({ ...reminderOptions, at: relativeWhenSchema }),
      z.object({ ...reminderOptions, minutesBefore: z.number(), of: reminderAnchorSchema }),
    ]),
  ),
  notes: z.string(),
})

/** A quest with its sub-quests and their relations, to be made again. */
export const templateSchema = z
  .object({
    ...common,
    name: z.string(),
    createdAt: instantSchema,
    createdBy: z.string().nullable(),
    projectId: z.string().nullable(),
    /** The quest itself first, then its sub-quests, parents before their children. */
    quests: z.array(templateQuestSchema),
    /** Between the places of `quests`. */
    relations: z.array(z.object({ kind: relationKindSchema, from: z.number(), to: z.number() })),
  })
  .meta({ id: 'Template' })

export type TemplateResponse = z.infer<typeof templateSchema>
