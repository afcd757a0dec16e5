import { newId, storedId } from '@questlog/shared/domain/kernel/ids'
import { err, ok } from '@questlog/shared/domain/kernel/result'
import { bulkQuestsSchema } from '@questlog/shared/protocol/quest-writes'
import { questSchema } from '@questlog/shared/protocol/quests'
import { z } from 'zod'
import { HttpProblem } from '../http/http-problem.ts'
import { problems } from '../http/problem-responses.ts'
import type { TypedApp } from '../http/typed-app.ts'
import { answerWrite, homeWorkspace } from '../records/answer-write.ts'
import { commandProblem } from '../records/command-problem.ts'
import { findRecords } from '../records/find-record.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import { applyOperation, type IdentifiedOperation } from './apply-operation.ts'
import { checkAssignees, membersToAssign } from './assignees.ts'

const answerSchema = z
  .object({
    items: z.array(questSchema).meta({ description: 'The quest of each operation, as all of them leave it.' }),
  })
  .meta({ id: 'BulkQuestsAnswer' })

/** Many operations in one transaction. */
export function bulkRoute(app: TypedApp, deps: RecordDeps): void {
  app.route({
    method: 'POST',
    url: '/api/v1/quests/bulk',
    schema: {
      operationId: 'changeQuests',
      summary: 'Many operations on the quests of a workspace, all or none',
      description: 'They are done in order, each on what those before it left. A refusal names the operation.',
      tags: ['Quests'],
      body: bulkQuestsSchema,
      response: {
        200: answerSchema,
        ...problems('already-exists', 'trashed', 'already-done', 'not-done', 'cycle', 'workspace-full'),
      },
    },
    handler: (request, reply) =>
      answerWrite<z.infer<typeof answerSchema>>(deps, request, reply, () => {
        const { workspaceId = homeWorkspace(request), timeZone } = request.body
        const operations = request.body.operations.map(
          (each): IdentifiedOperation => ({ ...each, id: each.id ?? newId() }),
        )
        return {
          workspaceIds: [workspaceId],
          timeZone,
          async run(drafts) {
            const draft = drafts.get(workspaceId)
            const members = await membersToAssign(deps.db, workspaceId, operations.flatMap(assigneesOf))
            for (const [operation, each] of operations.entries()) {
              const prefix = `operations.${operation}.`
              const assigned = draft.state.quest(storedId(each.id))?.assignees
              const known = checkAssignees(members, assigneesOf(each), assigned, prefix)
              if (!known.ok) return err(new HttpProblem(known.error.code, known.error.fields, { operation }))
              const applied = applyOperation(draft, each)
              if (!applied.ok) return err(commandProblem(applied.error, subjectOf(each, operation)))
            }
            return ok(undefined)
          },
          async answer(transaction) {
            const ids = operations.map(({ id }) => id)
            const found = await findRecords(transaction, 'quests', workspaceId, ids)
            const items = ids.flatMap((id) => found.get(id)?.record ?? [])
            return { status: 200, headers: { 'cache-control': 'no-store' }, body: { items } }
          },
        }
      }),
  })
}

function assigneesOf(operation: IdentifiedOperation): readonly string[] {
  if (operation.op === 'create') return operation.assignees ?? []
  return operation.op === 'patch' ? (operation.fields.assignees ?? []) : []
}

function subjectOf(each: IdentifiedOperation, operation: number) {
  const prefix = `operations.${operation}.`
  if (each.op === 'patch') return { id: each.id, operation, prefix: `${prefix}fields.` }
  const fieldOf = (table: string) => (each.op !== 'create' && table === 'tags' ? 'tagId' : undefined)
  return { id: each.op === 'create' ? null : each.id, operation, prefix, fieldOf }
}
