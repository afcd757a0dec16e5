import { z } from 'zod'
import { instantSchema } from './value-schemas.ts'

const valueSchema = z
  .unknown()
  .meta({ description: 'The value of the field, or all fields of a record that came or went.' })

/** One change of one record: who, when, which field, from what to what. */
export const activitySchema = z
  .object({
    workspaceId: z.string(),
    seq: z.number().meta({ description: 'The place in the workspace’s history; the ETag of a record at that time.' }),
    n: z.number().meta({ description: 'Which change of those that came at once.' }),
    at: instantSchema,
    userId: z.string(),
    change: z.enum(['created', 'changed', 'removed']).meta({
      description: '`removed` with the field `notes`: most of their text went at once; the values are its lengths.',
    }),
    kind: z.string().meta({
      description: 'What was changed: `quests`, `completions`, `relations` … `workspace`: it was put back to a moment.',
    }),
    recordId: z.string(),
    questId: z.string().nullable().meta({ description: 'The quest it is about.' }),
    field: z.string().nullable().meta({
      description: 'The path of the field, such as `title`, `tags/<id>` or `notes`, whose text is not kept here.',
    }),
    before: valueSchema,
    after: valueSchema,
  })
  .meta({ id: 'Activity' })

export type ActivityResponse = z.infer<typeof activitySchema>
