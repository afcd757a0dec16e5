import { z } from 'zod'
import { type FieldTable, isKeyed } from '../domain/fields/field.ts'
import type { FieldTypeName } from '../domain/kinds/record-kinds.ts'
import { recordIdSchema } from './record-ids.ts'
import {
  attachmentSchema,
  instantSchema,
  newRecurrenceSchema,
  newReminderSchema,
  newStepSchema,
  newWhenSchema,
  recurrenceSchema,
  relativeWhenSchema,
  reminderSchema,
  stepSchema,
  templateReminderSchema,
  whenSchema,
} from './value-schemas.ts'

// Shapes only: what a title or a date may hold is for the domain to say, which all clients share.

/** The forms of value whose schema depends on nothing but the form; an option names its options. */
export type PlainName = Exclude<FieldTypeName, 'option' | 'templateQuests' | 'templateRelations'>
type Schemas<Name extends string> = { readonly [Each in Name]: z.ZodType }

const id = z.string()

/** As REST answers with a value. They check no limits: devices with other limits write to the same log. */
export const readSchemas = {
  line: z.string(),
  text: z.string(),
  color: z.string(),
  flag: z.boolean(),
  count: z.number(),
  instant: instantSchema,
  when: whenSchema,
  id,
  rank: z.string(),
  ids: z.array(id),
  recurrence: recurrenceSchema,
  reminders: z.array(reminderSchema),
  steps: z.array(stepSchema),
  attachments: z.array(attachmentSchema),
  source: z.object({ app: z.string(), externalId: z.string() }),
  workspacesLeft: z.array(z.object({ workspaceId: z.string(), at: instantSchema })),
} as const satisfies Schemas<PlainName>

/** As REST takes a value. */
export const writeSchemas = {
  line: z.string(),
  color: z.string(),
  count: z.number(),
  when: newWhenSchema,
  id: recordIdSchema,
  ids: z.array(recordIdSchema).max(1_000),
  recurrence: newRecurrenceSchema,
  reminders: z.array(newReminderSchema).max(1_000),
  steps: z.array(newStepSchema).max(1_000),
} as const

/** As a template has a quest's value. */
export const templateSchemas = {
  ...readSchemas,
  when: relativeWhenSchema,
  steps: z.array(stepSchema.omit({ done: true })),
  reminders: z.array(templateReminderSchema),
} as const

type Named<Each> = Each extends { readonly type: { readonly name: infer Name } } ? Name : never

type SchemaOf<Each, Forms> = Each extends { readonly type: { readonly options: readonly (infer Option)[] } }
  ? z.ZodType<Option>
  : Named<Each> extends keyof Forms
    ? Forms[Named<Each>]
    : never

type Nullable<Each, Schema> = Schema extends z.ZodType
  ? Each extends { readonly default: null }
    ? z.ZodNullable<Schema>
    : Schema
  : never

type Shape<Table, Forms> = { [Name in keyof Table]: Nullable<Table[Name], SchemaOf<Table[Name], Forms>> }
type OptionalShape<Table, Forms> = {
  readonly [Name in keyof Table]: Nullable<Table[Name], SchemaOf<Table[Name], Forms>> extends infer Schema extends
    z.ZodType
    ? z.ZodOptional<Schema>
    : never
}

/** The values of a kind's fields as REST answers with them. */
export type WireValues<Table> = z.infer<z.ZodObject<Shape<Table, typeof readSchemas>>>

/** What the documentation says of fields. */
export type Descriptions<Table> = { readonly [Name in keyof Table]?: string }

/** The schemas of fields by forms of value; null only where a field may have none. */
export function shapeOf<Table extends FieldTable, Forms>(
  table: Table,
  forms: Forms,
  descriptions?: Descriptions<Table>,
): Shape<Table, Forms>
export function shapeOf(
  table: FieldTable,
  forms: Schemas<string>,
  descriptions: Descriptions<FieldTable> = {},
): Schemas<string> {
  return mapped(table, (field, name) => described(schemaOf(field, forms), descriptions[name]))
}

/** The same of fields that may be left out. */
export function optionalShapeOf<Table extends FieldTable, Forms>(
  table: Table,
  forms: Forms,
  descriptions?: Descriptions<Table>,
): OptionalShape<Table, Forms>
export function optionalShapeOf(
  table: FieldTable,
  forms: Schemas<string>,
  descriptions: Descriptions<FieldTable> = {},
): Schemas<string> {
  return mapped(table, (field, name) => described(schemaOf(field, forms).optional(), descriptions[name]))
}

function schemaOf(field: FieldTable[string], forms: Schemas<string>): z.ZodType {
  const schema = 'options' in field.type ? optionSchema(field.type.options) : forms[field.type.name]
  if (schema === undefined) throw new TypeError(`there is no schema of ${field.type.name}`)
  return !isKeyed(field) && field.default === null ? schema.nullable() : schema
}

function optionSchema(options: unknown): z.ZodType {
  const texts = z.array(z.string()).safeParse(options)
  return texts.success ? z.enum(texts.data) : z.literal(z.array(z.number()).parse(options))
}

function described(schema: z.ZodType, description: string | undefined): z.ZodType {
  return description === undefined ? schema : schema.meta({ description })
}

function mapped(table: FieldTable, schema: (field: FieldTable[string], name: string) => z.ZodType): Schemas<string> {
  return Object.fromEntries(Object.entries(table).map(([name, field]) => [name, schema(field, name)]))
}
