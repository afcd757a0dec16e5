import type { Command } from '@questlog/shared/domain/commands/commands'
import { newId, type SectionId, storedId } from '@questlog/shared/domain/kernel/ids'
import { pageOf, recordIdSchema, recordQuerySchema, workspaceIdSchema } from '@questlog/shared/protocol/record-ids'
import { createSectionSchema, patchSectionSchema } from '@questlog/shared/protocol/record-writes'
import { sectionSchema } from '@questlog/shared/protocol/records'
import { sql } from 'kysely'
import { z } from 'zod'
import { pageQuery } from '../http/pagination.ts'
import { problems } from '../http/problem-responses.ts'
import { noContent, notModified, type TypedApp } from '../http/typed-app.ts'
import type { Draft } from '../read-model/workspace-store.ts'
import {
  answerList,
  answerRecord,
  changeRecord,
  createRecord,
  dispatchEach,
  removeRecord,
} from '../records/answer-records.ts'
import { locateRecord } from '../records/find-record.ts'
import { placeAfter } from '../records/place-after.ts'
import type { RecordDeps } from '../records/record-deps.ts'

const params = z.strictObject({ id: recordIdSchema })
const querystring = recordQuerySchema
const tags = ['Sections']

/** Sections of projects. */
export function sectionRoutes(app: TypedApp, deps: RecordDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/sections',
    schema: {
      operationId: 'listSections',
      summary: 'Sections, in their order',
      tags,
      querystring: z.strictObject({
        ...pageQuery,
        workspaceId: workspaceIdSchema.optional(),
        project: recordIdSchema.optional(),
      }),
      response: { 200: pageOf(sectionSchema, 'SectionList'), 304: notModified },
    },
    handler(request, reply) {
      const { project } = request.query
      const conditions = project === undefined ? [] : [sql`sections.project_id = ${project}`]
      return answerList(deps, request, reply, request.query, {
        table: 'sections',
        sort: { column: 'rank', type: 'text' },
        conditions,
      })
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/sections',
    schema: {
      operationId: 'createSection',
      summary: 'Make a section',
      tags,
      body: createSectionSchema,
      response: { 201: sectionSchema, ...problems('already-exists', 'trashed', 'workspace-full') },
    },
    handler: (request, reply) =>
      createRecord(deps, request, reply, 'sections', async () => {
        const { projectId, id = newId(), name } = request.body
        const workspaceId = await locateRecord(deps, request, 'projects', projectId)
        return {
          workspaceId,
          id,
          command: { kind: 'createSection', id: storedId(id), projectId: storedId(projectId), name },
        }
      }),
  })

  app.route({
    method: 'GET',
    url: '/api/v1/sections/:id',
    schema: {
      operationId: 'getSection',
      summary: 'One section',
      tags,
      params,
      querystring,
      response: { 200: sectionSchema, 304: notModified },
    },
    handler: (request, reply) => answerRecord(deps, request, reply, 'sections', request.params.id),
  })

  app.route({
    method: 'PATCH',
    url: '/api/v1/sections/:id',
    schema: {
      operationId: 'updateSection',
      summary: 'Change a section',
      tags,
      params,
      querystring,
      body: patchSectionSchema,
      response: { 200: sectionSchema, ...problems('precondition-failed', 'trashed', 'workspace-full') },
    },
    handler(request, reply) {
      const { id } = request.params
      return changeRecord(deps, request, reply, 'sections', id, (draft) =>
        dispatchEach(draft, changesOf(draft, storedId(id), request.body)),
      )
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/sections/:id',
    schema: {
      operationId: 'deleteSection',
      summary: 'Remove a section; its quests stay in the project',
      tags,
      params,
      querystring,
      response: { 204: noContent, ...problems('precondition-failed', 'trashed', 'workspace-full') },
    },
    handler: (request, reply) =>
      removeRecord(deps, request, reply, 'sections', request.params.id, {
        kind: 'deleteSection',
        id: storedId(request.params.id),
      }),
  })
}

function changesOf(
  draft: Draft,
  id: SectionId,
  { name, after }: z.infer<typeof patchSectionSchema>,
): readonly Command[] {
  const edited: Command = { kind: 'editSection', id, fields: name === undefined ? {} : { name } }
  const section = draft.state.section(id)
  if (after === undefined || section === undefined) return [edited]
  const place = placeAfter(draft.state.sections(section.projectId), id, after === null ? null : storedId(after))
  return place === null ? [edited] : [edited, { kind: 'reorderSection', id, ...place }]
}
