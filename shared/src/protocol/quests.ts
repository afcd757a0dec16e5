import { z } from 'zod'
import { questFields } from '../domain/quest/quest-fields.ts'
import { readSchemas, shapeOf } from './field-schemas.ts'
import { instantSchema, versionSchema } from './value-schemas.ts'

const shape = shapeOf(questFields, readSchemas, {
  steps: 'In their order.',
  movedFrom: 'The workspaces it was in before, the last one last; its earlier activity is there.',
})

export const questStatusSchema = shape.status

/** What REST answers with besides the fields of a quest's record: all of it follows from the log. */
const beside = {
  id: z.string(),
  workspaceId: z.string(),
  version: versionSchema,
  done: z.boolean().meta({ description: 'Whether its current occurrence is completed.' }),
  blocked: z.boolean().meta({ description: 'Whether it waits for a quest that is neither closed nor in the Trash.' }),
  completedAt: instantSchema.nullable(),
  completedDay: z.string().nullable().meta({ description: 'The day the completion counts for, `YYYY-MM-DD`.' }),
}

/**
 * A quest as REST answers with it: every default filled in, what the log derives included. It checks no limits: devices
 * with other limits write to the same log.
 */
export const questSchema = z.object({ ...beside, notes: z.string(), ...shape }).meta({ id: 'Quest' })

export type QuestResponse = z.infer<typeof questSchema>
/** What of a quest is never written as a field of it. */
export type DerivedQuestField = keyof typeof beside
export const DERIVED_QUEST_FIELDS: readonly string[] = Object.keys(beside)

export const questListSchema = z
  .object({ items: z.array(questSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'QuestList' })
