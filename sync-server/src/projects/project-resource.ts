import { newId, type ProjectId, storedId } from '@questlog/shared/domain/kernel/ids'
import { createProjectSchema, patchProjectSchema } from '@questlog/shared/protocol/record-writes'
import { projectSchema } from '@questlog/shared/protocol/records'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Draft } from '../read-model/workspace-store.ts'
import { homeWorkspace } from '../records/answer-write.ts'
import { editAndPlace } from '../records/place-after.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import { changedBy, filteredBy, madeOf, type RecordResource } from '../records/record-resource.ts'
import { said } from '../records/said-fields.ts'

/** Projects: they go to the Trash with their quests, and are archived by a flag. */
export function projectResource({ now }: Pick<RecordDeps, 'now'>): RecordResource {
  return {
    table: 'projects',
    one: 'Project',
    many: 'Projects',
    schema: projectSchema,
    list: {
      summary: 'Projects, in their order',
      sort: { column: 'rank', type: 'text' },
      filters: filteredBy({ trashed: z.enum(['true', 'false']).default('false') }, ({ trashed }) => [
        trashed === 'true' ? sql`projects.deleted_at is not null` : sql`projects.deleted_at is null`,
      ]),
    },
    create: {
      summary: 'Make a project',
      refuses: ['already-exists', 'workspace-full'],
      ...madeOf(createProjectSchema, ({ workspaceId, id = newId(), name, color = null }, request) => ({
        workspaceId: workspaceId ?? homeWorkspace(request),
        id,
        command: { kind: 'createProject', id: storedId(id), name, color },
      })),
    },
    get: { summary: 'One project' },
    update: {
      summary: 'Change a project',
      refuses: ['precondition-failed', 'trashed', 'workspace-full'],
      ...changedBy(patchProjectSchema, (draft, text, { after, archived, ...fields }) => {
        const id = storedId<ProjectId>(text)
        const archivedAt = archived === undefined ? undefined : archivedSince(draft, id, archived, now())
        const edited = { kind: 'editProject', id, fields: said({ ...fields, archivedAt }) } as const
        return editAndPlace(edited, { id, after, among: draft.state.projects() }, (place) => ({
          kind: 'reorderProject',
          id,
          ...place,
        }))
      }),
    },
    trash: {
      put: {
        summary: 'Put a project into the Trash with its quests',
        refuses: ['precondition-failed', 'trashed', 'workspace-full'],
        command: (id) => ({ kind: 'trashProject', id: storedId(id) }),
      },
      restore: {
        summary: 'Take a project out of the Trash with the quests that went there with it',
        refuses: ['precondition-failed', 'workspace-full'],
        command: (id) => ({ kind: 'restoreProject', id: storedId(id) }),
      },
    },
  }
}

function archivedSince({ state }: Draft, id: ProjectId, archived: boolean, now: number): number | null {
  return archived ? (state.project(id)?.archivedAt ?? now) : null
}
