import { formatDocumentName } from '@questlog/shared/protocol/documents'
import { ulidSchema } from '@questlog/shared/protocol/ulid'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { HttpProblem } from '../http/http-problem.ts'
import { problems } from '../http/problem-responses.ts'
import type { TypedApp } from '../http/typed-app.ts'
import { type FinalStateDeps, readFinalState } from '../sync/epochs/final-state.ts'

const params = z.strictObject({
  workspaceId: ulidSchema,
  epoch: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be the number of an epoch')
    .meta({ description: 'The last part of the document’s name.' }),
})

/** A device asks once for each epoch that it missed. */
const FINALS_PER_HOUR = 240

const update = z.string().meta({ format: 'binary', description: 'A Yjs update (version 1).' })

/** How a workspace's documents of earlier epochs ended, for devices that were away. */
export function epochRoute(app: TypedApp, deps: FinalStateDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/workspaces/:workspaceId/epochs/:epoch/final',
    config: {
      rateLimit: {
        max: FINALS_PER_HOUR,
        timeWindow: 3_600_000,
        keyGenerator: (request) => request.caller.userId,
        hook: 'preHandler',
      },
    },
    schema: {
      operationId: 'getFinalState',
      summary: 'The document of an epoch that is over, as it was at its end',
      description:
        'When a synced document has collected too many Yjs client ids, the server goes on with it under the next epoch. A device that comes back with the old one completes its copy by this, and then knows what it alone has. Kept for 400 days.',
      tags: ['Workspaces'],
      params,
      response: {
        200: { description: 'The whole document', content: { 'application/octet-stream': { schema: update } } },
        ...problems('not-found'),
      },
    },
    async handler(request, reply) {
      const { workspaceId, epoch } = request.params
      const document = formatDocumentName({ kind: 'workspace', id: workspaceId, epoch: Number(epoch) })
      const final = await readFinalState(deps, document)
      if (final === null) throw new HttpProblem('not-found')
      const answer: FastifyReply = reply
      return answer.header('cache-control', 'no-store').type('application/octet-stream').send(Buffer.from(final))
    },
  })
}
