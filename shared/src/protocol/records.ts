import { z } from 'zod'
import { completionFields } from '../domain/completions/completion-fields.ts'
import { fieldsWith } from '../domain/fields/field.ts'
import { categoryFields, projectFields, sectionFields, tagFields } from '../domain/groups/group-fields.ts'
import { questFields } from '../domain/quest/quest-fields.ts'
import { relationFields } from '../domain/relations/relation-fields.ts'
import { templateFields } from '../domain/templates/template.ts'
import { readSchemas, shapeOf, templateSchemas } from './field-schemas.ts'
import { relationKindSchema, versionSchema } from './value-schemas.ts'

// As REST answers with them. They check no limits: devices with other limits write to the same log.

const common = { id: z.string(), workspaceId: z.string(), version: versionSchema }

export const projectSchema = z.object({ ...common, ...shapeOf(projectFields, readSchemas) }).meta({ id: 'Project' })

export const sectionSchema = z.object({ ...common, ...shapeOf(sectionFields, readSchemas) }).meta({ id: 'Section' })

export const tagSchema = z.object({ ...common, ...shapeOf(tagFields, readSchemas) }).meta({ id: 'Tag' })

export const categorySchema = z.object({ ...common, ...shapeOf(categoryFields, readSchemas) }).meta({ id: 'Category' })

export const relationSchema = z.object({ ...common, ...shapeOf(relationFields, readSchemas) }).meta({ id: 'Relation' })

const { voided: voidedAt, ...completionShape } = shapeOf(completionFields, readSchemas)

/** One done occurrence of a quest. */
export const completionSchema = z.object({ ...common, ...completionShape, voidedAt }).meta({ id: 'Completion' })

export type ProjectResponse = z.infer<typeof projectSchema>
export type SectionResponse = z.infer<typeof sectionSchema>
export type TagResponse = z.infer<typeof tagSchema>
export type CategoryResponse = z.infer<typeof categorySchema>
export type RelationResponse = z.infer<typeof relationSchema>
export type CompletionResponse = z.infer<typeof completionSchema>

/** One quest of a template: what a new one starts with. Its parent is the place of an earlier one. */
const templateQuestSchema = z.object({
  parent: z.number().nullable(),
  notes: z.string(),
  ...shapeOf(fieldsWith(questFields, 'inTemplates', [true]), templateSchemas),
})

/** A quest with its sub-quests and their relations, to be made again. */
export const templateSchema = z
  .object({
    ...common,
    ...shapeOf(templateFields, {
      ...readSchemas,
      templateQuests: z.array(templateQuestSchema),
      templateRelations: z.array(z.object({ kind: relationKindSchema, from: z.number(), to: z.number() })),
    }),
  })
  .meta({ id: 'Template' })

export type TemplateResponse = z.infer<typeof templateSchema>
