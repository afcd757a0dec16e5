import { notesFromTemplate } from '@questlog/shared/domain/commands/decide-template'
import { newId, type QuestId, storedId, type TemplateId } from '@questlog/shared/domain/kernel/ids'
import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { recordIdSchema, recordQuerySchema } from '@questlog/shared/protocol/record-ids'
import { usedTemplateSchema, useTemplateSchema } from '@questlog/shared/protocol/record-writes'
import { z } from 'zod'
import { HttpProblem } from '../http/http-problem.ts'
import { problems } from '../http/problem-responses.ts'
import type { TypedApp } from '../http/typed-app.ts'
import type { Draft } from '../read-model/workspace-store.ts'
import { answerWrite } from '../records/answer-write.ts'
import { commandProblem } from '../records/command-problem.ts'
import { findRecords, locateRecord } from '../records/find-record.ts'
import type { RecordDeps } from '../records/record-deps.ts'

/** Makes quests from a template. */
export function useTemplateRoute(app: TypedApp, deps: RecordDeps): void {
  app.route({
    method: 'POST',
    url: '/api/v1/templates/:id/instantiate',
    schema: {
      operationId: 'instantiateTemplate',
      summary: 'Make new quests from a template',
      tags: ['Templates'],
      params: z.strictObject({ id: recordIdSchema }),
      querystring: recordQuerySchema,
      body: useTemplateSchema,
      response: { 201: usedTemplateSchema, ...problems('trashed', 'workspace-full') },
    },
    handler: (request, reply) =>
      answerWrite<z.infer<typeof usedTemplateSchema>>(deps, request, reply, async () => {
        const { body } = request
        const id = storedId<TemplateId>(request.params.id)
        const workspaceId = await locateRecord(deps, request, 'templates', id)
        let made: readonly QuestId[] = []
        return {
          workspaceIds: [workspaceId],
          timeZone: body.timeZone,
          run(drafts) {
            const used = instantiate(drafts.get(workspaceId), id, body)
            if (!used.ok) return used
            made = used.value
            return ok(undefined)
          },
          async answer(transaction) {
            const quests = await findRecords(transaction, 'quests', workspaceId, made)
            const items = made.flatMap((questId) => quests.get(questId)?.record ?? [])
            return { status: 201, headers: { 'cache-control': 'no-store' }, body: { items } }
          },
        }
      }),
  })
}

function instantiate(
  draft: Draft,
  id: TemplateId,
  { title, projectId, sectionId, day }: z.infer<typeof useTemplateSchema>,
): Result<readonly QuestId[], HttpProblem> {
  const template = draft.state.template(id)
  if (template === undefined) return err(new HttpProblem('not-found'))
  const questIds = template.quests.map(() => newId<QuestId>())
  const used = draft.dispatch({
    kind: 'instantiateTemplate',
    id,
    questIds,
    ...(title !== undefined && { title }),
    ...(projectId !== undefined && { projectId: projectId === null ? null : storedId(projectId) }),
    ...(sectionId !== undefined && { sectionId: sectionId === null ? null : storedId(sectionId) }),
    ...(day !== undefined && { day }),
  })
  if (!used.ok) return err(commandProblem(used.error, { id }))
  for (const note of notesFromTemplate(template, questIds)) draft.setNote(note.id, note.text)
  return ok(questIds)
}
