import { newId, type SectionId, storedId } from '@questlog/shared/domain/kernel/ids'
import { recordIdSchema } from '@questlog/shared/protocol/record-ids'
import { createSectionSchema, patchSectionSchema } from '@questlog/shared/protocol/record-writes'
import { sectionSchema } from '@questlog/shared/protocol/records'
import { sql } from 'kysely'
import { locateRecord } from '../records/find-record.ts'
import { editAndPlace } from '../records/place-after.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import { changedBy, filteredBy, madeOf, type RecordResource } from '../records/record-resource.ts'
import { said } from '../records/said-fields.ts'

/** Sections of projects: each is made where its project is. */
export function sectionResource(deps: RecordDeps): RecordResource {
  return {
    table: 'sections',
    one: 'Section',
    many: 'Sections',
    schema: sectionSchema,
    list: {
      summary: 'Sections, in their order',
      sort: { column: 'rank', type: 'text' },
      filters: filteredBy({ project: recordIdSchema.optional() }, ({ project }) =>
        project === undefined ? [] : [sql`sections.project_id = ${project}`],
      ),
    },
    create: {
      summary: 'Make a section',
      refuses: ['already-exists', 'trashed', 'workspace-full'],
      ...madeOf(createSectionSchema, async ({ projectId, id = newId(), name }, request) => ({
        workspaceId: await locateRecord(deps, request, 'projects', projectId),
        id,
        command: { kind: 'createSection', id: storedId(id), projectId: storedId(projectId), name },
      })),
    },
    get: { summary: 'One section' },
    update: {
      summary: 'Change a section',
      refuses: ['precondition-failed', 'trashed', 'workspace-full'],
      ...changedBy(patchSectionSchema, ({ state }, text, { after, ...fields }) => {
        const id = storedId<SectionId>(text)
        const edited = { kind: 'editSection', id, fields: said(fields) } as const
        const section = state.section(id)
        if (section === undefined) return [edited]
        return editAndPlace(edited, { id, after, among: state.sections(section.projectId) }, (place) => ({
          kind: 'reorderSection',
          id,
          ...place,
        }))
      }),
    },
    remove: {
      summary: 'Remove a section; its quests stay in the project',
      refuses: ['precondition-failed', 'trashed', 'workspace-full'],
      command: (id) => ({ kind: 'deleteSection', id: storedId(id) }),
    },
  }
}
