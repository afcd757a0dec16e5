import { apiKeyListSchema, createApiKeyRequestSchema, createdApiKeySchema } from '@questlog/shared/protocol/api-keys'
import { ulidSchema } from '@questlog/shared/protocol/ulid'
import { z } from 'zod'
import { originOf, recordSecurityEvent } from '../audit/security-events.ts'
import { requestOrigin } from '../auth/request-origin.ts'
import { recordAndTell, type TellOwnerDeps } from '../auth/tell-owner.ts'
import type { Database } from '../db/tables.ts'
import { HttpProblem } from '../http/http-problem.ts'
import { inOneTransaction } from '../http/idempotency/in-one-transaction.ts'
import { problems } from '../http/problem-responses.ts'
import { noContent, type TypedApp } from '../http/typed-app.ts'
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts'

/** A person's API keys, under `/api/v1/api-keys`. Keys cannot manage keys. */
export function apiKeyRoutes(app: TypedApp, deps: TellOwnerDeps & { readonly db: Database }): void {
  const { db, now } = deps

  app.route({
    method: 'GET',
    url: '/api/v1/api-keys',
    schema: {
      operationId: 'listApiKeys',
      summary: 'Your API keys, the newest first',
      tags: ['API keys'],
      response: { 200: apiKeyListSchema },
    },
    async handler(request, reply) {
      void reply.header('cache-control', 'no-store')
      return { items: await listApiKeys(db, request.caller.userId), nextCursor: null }
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/api-keys',
    config: { idempotency: 'none' },
    schema: {
      operationId: 'createApiKey',
      summary: 'Make an API key',
      description: 'Send it as `Authorization: Bearer qlk_…`. It is shown this once.',
      tags: ['API keys'],
      body: createApiKeyRequestSchema,
      response: { 201: createdApiKeySchema, ...problems('too-many-api-keys', 'not-found') },
    },
    async handler(request, reply) {
      const { userId } = request.caller
      const { expiresAt } = request.body
      if (expiresAt !== null && Date.parse(expiresAt) <= now()) {
        throw new HttpProblem('invalid-request', [{ path: 'expiresAt', message: 'is in the past' }])
      }
      const created = await db.transaction().execute(async (transaction) => {
        const made = await createApiKey(transaction, userId, request.body, now())
        if (!made.ok) throw new HttpProblem(made.error)
        const { id: apiKeyId, scope, workspaceId } = made.value
        await recordAndTell(deps, transaction, {
          kind: 'api-key-created',
          origin: requestOrigin(request, request.caller),
          userId,
          details: { apiKeyId, scope, workspaceId },
        })
        return made.value
      })
      void reply.code(201).header('cache-control', 'no-store')
      return created
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/api-keys/:apiKeyId',
    schema: {
      operationId: 'revokeApiKey',
      summary: 'Revoke an API key, at once',
      tags: ['API keys'],
      params: z.strictObject({ apiKeyId: ulidSchema }),
      response: { 204: noContent, ...problems('not-found') },
    },
    async handler(request, reply) {
      const { apiKeyId } = request.params
      const { userId } = request.caller
      return inOneTransaction(deps, request, reply, async (transaction) => {
        if (!(await revokeApiKey(transaction, { userId, apiKeyId }))) throw new HttpProblem('not-found')
        await recordSecurityEvent(transaction, {
          kind: 'api-key-revoked',
          at: now(),
          origin: originOf(request, request.caller),
          userId,
          details: { apiKeyId },
        })
        return { status: 204, body: undefined }
      })
    },
  })
}
