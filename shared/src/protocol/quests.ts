import { z } from 'zod'

/**
 * A date `{d}`, a wall-clock time that follows the reader `{dt}`, or one in a fixed zone `{dt, tz}`: `YYYY-MM-DD` and
 * `YYYY-MM-DDTHH:MM`.
 */
export const whenSchema = z
  .union([z.object({ d: z.string() }), z.object({ dt: z.string(), tz: z.string() }), z.object({ dt: z.string() })])
  .meta({ id: 'When' })

/** An instant, `YYYY-MM-DDTHH:MM:SS.sssZ`. Postgres has no year 0. */
export const instantSchema = z.iso
  .datetime()
  .refine((text) => !text.startsWith('0000'), 'must be of the years 1 to 9999')

const idSchema = z.string()

/** Counts up whenever a record changes, with gaps; in quotes it is the record's `ETag`. */
export const versionSchema = z.string().meta({ description: 'Another one whenever it changed; in quotes, its `ETag`.' })

/** What every reminder has. */
export const reminderOptions = { id: z.string(), nagging: z.boolean().optional() }
export const reminderAnchorSchema = z.enum(['start', 'scheduled', 'due', 'deadline'])

export const stepSchema = z.object({ id: idSchema, text: z.string(), done: z.boolean(), rank: z.string() })

export const recurrenceSchema = z.object({
  rrule: z.string(),
  anchor: z.enum(['due', 'completion']),
  missed: z.enum(['latest', 'all', 'skip']),
  monthEnd: z.enum(['clamp', 'skip']),
  exdates: z.array(z.string()),
  pausedUntil: z.string().optional(),
  waitForDone: z.boolean(),
})

export const reminderSchema = z.union([
  z.object({ ...reminderOptions, at: whenSchema }),
  z.object({ ...reminderOptions, minutesBefore: z.number(), of: reminderAnchorSchema }),
])

export const attachmentSchema = z.object({
  id: z.string(),
  name: z.string(),
  size: z.number(),
  type: z.string(),
  sha256: z.string(),
})

export const questStatusSchema = z.enum(['open', 'active', 'waiting', 'cancelled'])
export const prioritySchema = z.literal([0, 1, 2, 3, 4])
export const difficultySchema = z.enum(['trivial', 'easy', 'medium', 'hard', 'epic'])
export const energySchema = z.enum(['deep', 'medium', 'low'])

/**
 * A quest as REST answers with it: every default filled in, what the log derives included. It checks no limits: devices
 * with other limits write to the same log.
 */
export const questSchema = z
  .object({
    id: idSchema,
    workspaceId: z.string(),
    version: versionSchema,
    title: z.string(),
    notes: z.string(),
    status: questStatusSchema,
    done: z.boolean().meta({ description: 'Whether its current occurrence is completed.' }),
    blocked: z.boolean().meta({ description: 'Whether it waits for a quest that is neither closed nor in the Trash.' }),
    priority: prioritySchema,
    difficulty: difficultySchema,
    energy: energySchema.nullable(),
    projectId: idSchema.nullable(),
    sectionId: idSchema.nullable(),
    parentId: idSchema.nullable(),
    templateId: idSchema.nullable(),
    categoryId: idSchema.nullable(),
    tags: z.array(idSchema),
    assignees: z.array(idSchema),
    steps: z.array(stepSchema).meta({ description: 'In their order.' }),
    start: whenSchema.nullable(),
    scheduled: whenSchema.nullable(),
    due: whenSchema.nullable(),
    deadline: whenSchema.nullable(),
    estimateMin: z.number().nullable(),
    recurrence: recurrenceSchema.nullable(),
    reminders: z.array(reminderSchema),
    rank: z.string(),
    todayRank: z.string().nullable(),
    attachments: z.array(attachmentSchema),
    createdAt: instantSchema,
    createdBy: idSchema.nullable(),
    completedAt: instantSchema.nullable(),
    completedDay: z.string().nullable().meta({ description: 'The day the completion counts for, `YYYY-MM-DD`.' }),
    deletedAt: instantSchema.nullable(),
    source: z.object({ app: z.string(), externalId: z.string() }).nullable(),
    movedFrom: z.array(z.object({ workspaceId: z.string(), at: instantSchema })).meta({
      description: 'The workspaces it was in before, the last one last; its earlier activity is there.',
    }),
  })
  .meta({ id: 'Quest' })

export type QuestResponse = z.infer<typeof questSchema>

export const questListSchema = z
  .object({ items: z.array(questSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'QuestList' })
