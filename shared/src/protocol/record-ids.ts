import { z } from 'zod'
import { isIdShaped } from '../domain/kernel/ids.ts'
import { isKnownZone } from '../domain/time/zone.ts'
import { ulidSchema } from './ulid.ts'

/** The id of a record that a client makes: a ULID is best. */
export const newIdSchema = z
  .string()
  .refine(isIdShaped, 'must begin with a letter or digit and hold up to 100 letters, digits, colons and hyphens')
  .meta({ description: 'Chosen by the client, best a ULID; made by the server where it is left out.' })

/** The id of a record that is there, whatever device made it. */
export const recordIdSchema = z.string().min(1).max(256)

/** Which workspace, where it can be left open. */
export const workspaceIdSchema = ulidSchema.meta({
  description: 'Left out: the personal workspace for what is made, every workspace of the caller for what is read.',
})

/** The time zone that decides which day it is for the caller. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isKnownZone, 'is not a known time zone')
  .meta({ description: 'IANA time zone of the person, for the day it counts for; UTC where it is left out.' })

/** The query of what is done to one record by its id. */
export const recordQuerySchema = z.strictObject({ workspaceId: workspaceIdSchema.optional() })

/** A page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item, name: string) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() }).meta({ id: name })
}
