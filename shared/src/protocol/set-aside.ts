import { z } from 'zod'

/** Why a part of a log cannot be taken in. More may come. */
export const setAsideReasons = ['missing', 'damaged', 'undecryptable', 'malformed', 'throws', 'incomplete'] as const

export const setAsideSchema = z
  .object({
    epoch: z.int().meta({ description: 'The epoch of the document whose log it was in.' }),
    seq: z.int().meta({ description: 'Its place in that log.' }),
    kind: z.enum(['update', 'snapshot']).meta({
      description: 'A change, or a summary of changes in whose place the server reads the changes themselves.',
    }),
    at: z.iso.datetime().meta({ description: 'When it was set aside.' }),
    author: z.string().nullable().meta({ description: 'Who made the change; null where that is not known.' }),
    writtenAt: z.iso.datetime().nullable().meta({ description: 'When it was written to the log.' }),
    reason: z.string().meta({ description: `Why it cannot be read: ${setAsideReasons.join(', ')}; more may come.` }),
    bytes: z.int().meta({ description: 'How large it is; 0 for one that is gone.' }),
  })
  .meta({ id: 'SetAside' })

export const setAsideListSchema = z
  .object({
    items: z.array(setAsideSchema),
    nextCursor: z.string().nullable(),
    changes: z.int().meta({ description: 'How many changes there are on all pages.' }),
    since: z.iso.datetime().nullable().meta({ description: 'When the first of them was set aside; null for none.' }),
  })
  .meta({ id: 'SetAsideList' })

export type SetAside = z.infer<typeof setAsideSchema>
export type SetAsideList = z.infer<typeof setAsideListSchema>
