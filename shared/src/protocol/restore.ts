import { z } from 'zod'
import { TABLE_NAMES } from '../domain/kernel/record-write.ts'
import { recordIdSchema } from './record-ids.ts'
import { instantSchema } from './value-schemas.ts'

/** What can be put back by itself: a record of a table, or the notes of a quest under its id. */
export const restorableSchema = z.strictObject({
  table: z.enum(['notes', ...TABLE_NAMES]),
  id: recordIdSchema,
})

export type Restorable = z.infer<typeof restorableSchema>

/** What a workspace is put back to. */
export const restoreRequestSchema = z.strictObject({
  at: z.union([instantSchema, z.int().min(0)]).meta({
    description: 'The moment: a time, or a place in the workspace’s history as `seq` of its activity names it.',
  }),
  records: z
    .array(restorableSchema)
    .min(1)
    .max(1000)
    .optional()
    .meta({ description: 'Only these, with what belongs to them. Left out: the whole workspace.' }),
  dryRun: z.boolean().optional().meta({ description: 'Only tells what would be done.' }),
})

export type RestoreRequest = z.infer<typeof restoreRequestSchema>

const count = z.int().min(0)

/** What happens to how many records of a table. */
export const restoreCountsSchema = z.object({
  returned: count.meta({ description: 'Were removed and come back.' }),
  changed: count.meta({ description: 'Are there and get back the fields, or the text, they had.' }),
  trashed: count.meta({ description: 'Were made since, and go to the Trash.' }),
  removed: count.meta({
    description: 'Go again: relations made since, and what an earlier restore since then had brought back.',
  }),
})

export type RestoreCounts = z.infer<typeof restoreCountsSchema>

/** What a restore did, or would do. */
export const restoredSchema = z
  .object({
    workspaceId: z.string(),
    seq: z.int().meta({ description: 'Where the workspace stands now in its history.' }),
    before: z.int().meta({ description: 'Where it stood before: restoring `at` it undoes this one.' }),
    moment: z.object({ seq: z.int(), at: instantSchema.nullable() }),
    dryRun: z.boolean(),
    tables: z.record(z.string(), restoreCountsSchema).meta({
      description: 'By table, `notes` included, those in which anything is different.',
    }),
  })
  .meta({ id: 'Restored' })

export type Restored = z.infer<typeof restoredSchema>
