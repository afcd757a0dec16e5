import { Readable } from 'node:stream'
import {
  accountExportSchema,
  accountSchema,
  deleteAccountSchema,
  updateAccountSchema,
} from '@questlog/shared/protocol/account'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { recordSecurityEvent } from '../../audit/security-events.ts'
import { HttpProblem } from '../../http/http-problem.ts'
import { problems } from '../../http/problem-responses.ts'
import { noContent, type TypedApp } from '../../http/typed-app.ts'
import type { AccountsDeps } from '../accounts/accounts.ts'
import { requireProof } from '../accounts/mail-routes.ts'
import type { RefreshCookie } from '../refresh-cookie.ts'
import { requestOrigin } from '../request-origin.ts'
import { type DeleteAccountDeps, deleteAccount } from './delete-account.ts'
import { type ExportDeps, exportAccount } from './export-account.ts'
import { readAccount, updateAccount } from './own-account.ts'

export interface OwnDataDeps {
  readonly accounts: AccountsDeps
  readonly cookie: RefreshCookie
  readonly exporting: Pick<ExportDeps, 'store' | 'history' | 'examine' | 'stopping'>
  readonly onDocumentDeleted: DeleteAccountDeps['onDocumentDeleted']
}

const EXPORTS_PER_HOUR = 20

/** What the server holds on a person, for that person: under `/api/v1/users/me`. */
export function ownDataRoutes(app: TypedApp, deps: OwnDataDeps): void {
  const { accounts } = deps

  async function answerAccount(request: FastifyRequest, reply: FastifyReply) {
    const account = await readAccount(accounts.db, request.caller.userId)
    if (account === undefined) throw new HttpProblem('signed-out')
    void reply.header('cache-control', 'no-store')
    return { ...account, sendsMail: accounts.mail !== undefined }
  }

  app.route({
    method: 'GET',
    url: '/api/v1/users/me',
    schema: {
      operationId: 'getAccount',
      summary: 'Your account',
      tags: ['Accounts'],
      response: { 200: accountSchema },
    },
    handler: answerAccount,
  })

  app.route({
    method: 'PATCH',
    url: '/api/v1/users/me',
    config: { idempotency: 'none' },
    schema: {
      operationId: 'updateAccount',
      summary: 'Change your account',
      tags: ['Accounts'],
      body: updateAccountSchema,
      response: { 200: accountSchema },
    },
    async handler(request, reply) {
      await updateAccount(accounts.db, request.caller.userId, request.body)
      return answerAccount(request, reply)
    },
  })

  app.route({
    method: 'GET',
    url: '/api/v1/users/me/export',
    config: {
      rateLimit: {
        max: EXPORTS_PER_HOUR,
        timeWindow: 3_600_000,
        keyGenerator: (request) => request.caller.userId,
        hook: 'preHandler',
      },
    },
    schema: {
      operationId: 'exportAccount',
      summary: 'Everything the server holds on you',
      tags: ['Accounts'],
      response: { 200: accountExportSchema },
    },
    async handler(request, reply) {
      const { userId, session } = request.caller
      const origin = requestOrigin(request, request.caller)
      const event = { kind: 'data-exported', at: accounts.now(), origin: origin.event, userId } as const
      await recordSecurityEvent(accounts.db, event)
      const parts = exportAccount(
        { ...deps.exporting, db: accounts.db, now: accounts.now },
        { userId, familyId: session?.familyId ?? null },
      )
      const answer: FastifyReply = reply
      return answer
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="questlog-account.json"')
        .type('application/json; charset=utf-8')
        .send(Readable.from(parts, { objectMode: false, signal: deps.exporting.stopping }))
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/users/me',
    config: { idempotency: 'none' },
    schema: {
      operationId: 'deleteAccount',
      summary: 'Delete your account with everything in it',
      description: 'What you wrote in the parties of others stays there.',
      tags: ['Accounts'],
      querystring: z.strictObject({
        deleteParties: z
          .enum(['true', 'false'])
          .default('false')
          .meta({ description: 'Also deletes the parties that nobody else owns, with everything in them.' }),
      }),
      body: deleteAccountSchema.default({}),
      response: { 204: noContent, ...problems('wrong-password', 'sign-in-too-old', 'sole-owner') },
    },
    async handler(request, reply) {
      const { userId } = request.caller
      await requireProof(accounts, request, reply, request.body.password)
      const deleted = await deleteAccount({ ...accounts, onDocumentDeleted: deps.onDocumentDeleted }, userId, {
        deleteParties: request.query.deleteParties === 'true',
        origin: requestOrigin(request, request.caller),
      })
      if (!deleted.ok) throw new HttpProblem('sole-owner', [], { parties: [...deleted.error.parties] })
      deps.cookie.clear(request, reply)
      return reply.code(204).send()
    },
  })
}
