import { z } from 'zod'
import { fieldsWith } from '../domain/fields/field.ts'
import { tagFields } from '../domain/groups/group-fields.ts'
import { optionalShapeOf, shapeOf, writeSchemas } from './field-schemas.ts'
import { questSchema } from './quests.ts'
import { newIdSchema, recordIdSchema, timeZoneSchema, workspaceIdSchema } from './record-ids.ts'
import { relationKindSchema } from './value-schemas.ts'

const making = { workspaceId: workspaceIdSchema.optional(), id: newIdSchema.optional() }
const colorForm = { color: '`#rrggbb`.' }
const after = recordIdSchema.nullable().optional().meta({ description: 'Puts it right after this one; null: first.' })

const { name } = tagFields
/** A record with a name is made with it; whatever else a person may give it can be left out. */
const named = {
  ...shapeOf({ name }, writeSchemas),
  ...optionalShapeOf({ color: tagFields.color }, writeSchemas, colorForm),
}
const renamed = optionalShapeOf(fieldsWith(tagFields, 'written', ['edit']), writeSchemas, colorForm)

export const createProjectSchema = z.strictObject({ ...making, ...named }).meta({ id: 'CreateProject' })
export const patchProjectSchema = z
  .strictObject({ ...renamed, archived: z.boolean().optional(), after })
  .meta({ id: 'PatchProject' })

export const createSectionSchema = z
  .strictObject({ ...making, projectId: recordIdSchema, name: named.name })
  .meta({ id: 'CreateSection' })
export const patchSectionSchema = z.strictObject({ name: renamed.name, after }).meta({ id: 'PatchSection' })

export const createTagSchema = z.strictObject({ ...making, ...named }).meta({ id: 'CreateTag' })
export const patchTagSchema = z.strictObject(renamed).meta({ id: 'PatchTag' })

export const createCategorySchema = z.strictObject({ ...making, ...named }).meta({ id: 'CreateCategory' })
export const patchCategorySchema = z.strictObject({ ...renamed, after }).meta({ id: 'PatchCategory' })

/** Says that one quest blocks another, or that two are related or the same. */
export const createRelationSchema = z
  .strictObject({
    workspaceId: workspaceIdSchema.optional(),
    kind: relationKindSchema,
    from: recordIdSchema,
    to: recordIdSchema.meta({ description: 'Of `blocks`, the quest that waits.' }),
  })
  .meta({ id: 'CreateRelation' })

export const createTemplateSchema = z
  .strictObject({
    ...making,
    name: named.name,
    questId: recordIdSchema.meta({ description: 'The quest it is made from, with its sub-quests.' }),
    timeZone: timeZoneSchema.optional(),
  })
  .meta({ id: 'CreateTemplate' })
export const patchTemplateSchema = z.strictObject({ name: renamed.name }).meta({ id: 'PatchTemplate' })

export const useTemplateSchema = z
  .strictObject({
    title: z.string().optional().meta({ description: 'The title of the first quest instead of the template’s.' }),
    projectId: recordIdSchema.nullable().optional().meta({ description: 'The template’s own where it is left out.' }),
    sectionId: recordIdSchema.nullable().optional(),
    day: z.string().optional().meta({ description: 'The day its dates lie to, `YYYY-MM-DD`; today if left out.' }),
    timeZone: timeZoneSchema.optional(),
  })
  .default({})
  .meta({ id: 'UseTemplate' })

export const usedTemplateSchema = z
  .object({ items: z.array(questSchema).meta({ description: 'The quests made, the one above the others first.' }) })
  .meta({ id: 'UsedTemplate' })
