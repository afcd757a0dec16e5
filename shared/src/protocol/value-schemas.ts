import { z } from 'zod'
import { MISSED_RULES, MONTH_ENDS, RECURRENCE_ANCHORS, RECURRENCE_DEFAULTS } from '../domain/quest/recurrence.ts'
import { REMINDER_ANCHORS } from '../domain/quest/reminder.ts'
import { RELATION_KINDS } from '../domain/relations/relation-fields.ts'
import { newIdSchema } from './record-ids.ts'

/**
 * A date `{d}`, a wall-clock time that follows the reader `{dt}`, or one in a fixed zone `{dt, tz}`: `YYYY-MM-DD` and
 * `YYYY-MM-DDTHH:MM`.
 */
export const whenSchema = z
  .union([z.object({ d: z.string() }), z.object({ dt: z.string(), tz: z.string() }), z.object({ dt: z.string() })])
  .meta({ id: 'When' })

/** One value: a date that is sent replaces the former as a whole. */
export const newWhenSchema = z
  .union([
    z.strictObject({ d: z.string() }),
    z.strictObject({ dt: z.string(), tz: z.string() }),
    z.strictObject({ dt: z.string() }),
  ])
  .meta({ id: 'NewWhen' })

/** An instant, `YYYY-MM-DDTHH:MM:SS.sssZ`. Postgres has no year 0. */
export const instantSchema = z.iso
  .datetime()
  .refine((text) => !text.startsWith('0000'), 'must be of the years 1 to 9999')

/** Counts up whenever a record changes, with gaps; in quotes it is the record's `ETag`. */
export const versionSchema = z.string().meta({ description: 'Another one whenever it changed; in quotes, its `ETag`.' })

export const stepSchema = z.object({ id: z.string(), text: z.string(), done: z.boolean(), rank: z.string() })

export const newStepSchema = z.strictObject({
  id: newIdSchema.optional(),
  text: z.string(),
  done: z.boolean().optional(),
  rank: z.unknown().optional().meta({ description: 'Passed over: steps take the order in which they are sent.' }),
})

export const recurrenceSchema = z.object({
  rrule: z.string(),
  anchor: z.enum(RECURRENCE_ANCHORS),
  missed: z.enum(MISSED_RULES),
  monthEnd: z.enum(MONTH_ENDS),
  exdates: z.array(z.string()),
  pausedUntil: z.string().optional(),
  waitForDone: z.boolean(),
})

export const newRecurrenceSchema = z.strictObject({
  ...recurrenceSchema.shape,
  anchor: recurrenceSchema.shape.anchor.default(RECURRENCE_DEFAULTS.anchor),
  missed: recurrenceSchema.shape.missed.default(RECURRENCE_DEFAULTS.missed),
  monthEnd: recurrenceSchema.shape.monthEnd.default(RECURRENCE_DEFAULTS.monthEnd),
  exdates: recurrenceSchema.shape.exdates.default([...RECURRENCE_DEFAULTS.exdates]),
  waitForDone: recurrenceSchema.shape.waitForDone.default(RECURRENCE_DEFAULTS.waitForDone),
})

export const patchRecurrenceSchema = z
  .strictObject({ ...recurrenceSchema.shape, pausedUntil: z.string().nullable() })
  .partial()
  .meta({ description: 'Changes what it names, null ends a pause. A quest without one needs the `rrule`.' })

const reminderOptions = { id: z.string(), nagging: z.boolean().optional() }
const newReminderOptions = { id: newIdSchema.optional(), nagging: z.boolean().optional() }
const anchorSchema = z.enum(REMINDER_ANCHORS)

export const reminderSchema = z.union([
  z.object({ ...reminderOptions, at: whenSchema }),
  z.object({ ...reminderOptions, minutesBefore: z.number(), of: anchorSchema }),
])

export const newReminderSchema = z.union([
  z.strictObject({ ...newReminderOptions, at: newWhenSchema }),
  z.strictObject({ ...newReminderOptions, minutesBefore: z.int(), of: anchorSchema }),
])

export const attachmentSchema = z.object({
  id: z.string(),
  name: z.string(),
  size: z.number(),
  type: z.string(),
  sha256: z.string(),
})

/** So many days after the day a template is used (negative: before), the wall clock kept. */
export const relativeWhenSchema = z.object({
  days: z.number(),
  /** `HH:MM`; missing for a whole day. */
  time: z.string().optional(),
  tz: z.string().optional(),
})

export const templateReminderSchema = z.union([
  z.object({ ...reminderOptions, at: relativeWhenSchema }),
  z.object({ ...reminderOptions, minutesBefore: z.number(), of: anchorSchema }),
])

export const relationKindSchema = z.enum(RELATION_KINDS)
