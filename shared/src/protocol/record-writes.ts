import { z } from 'zod'
import { questSchema } from './quests.ts'
import { newIdSchema, recordIdSchema, timeZoneSchema, workspaceIdSchema } from './record-ids.ts'
import { relationKindSchema } from './records.ts'

// Shapes only: what a name or a colour may hold is for the domain to say, which all clients share.

const making = { workspaceId: workspaceIdSchema.optional(), id: newIdSchema.optional() }
const named = { name: z.string(), color: z.string().nullable().optional().meta({ description: '`#rrggbb`.' }) }
const renamed = { name: named.name.optional(), color: named.color }
const after = recordIdSchema.nullable().optional().meta({ description: 'Puts it right after this one; null: first.' })

export const createProjectSchema = z.strictObject({ ...making, ...named }).meta({ id: 'CreateProject' })
export const patchProjectSchema = z
  .strictObject({ ...renamed, archived: z.boolean().optional(), after })
  .meta({ id: 'PatchProject' })

export const createSectionSchema = z
  .strictObject({ ...making, projectId: recordIdSchema, name: z.string() })
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
    name: z.string(),
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
