import {
  createdInvitationSchema,
  createInvitationRequestSchema,
  invitationListSchema,
  invitationPreviewSchema,
  invitationTokenRequestSchema,
  invitationUrl,
} from '@questlog/shared/protocol/members'
import { ulidSchema } from '@questlog/shared/protocol/ulid'
import { workspaceSchema } from '@questlog/shared/protocol/workspaces'
import type { FastifyRequest } from 'fastify'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import { originOf, recordSecurityEvent } from '../audit/security-events.ts'
import { readEmail } from '../auth/email-spelling.ts'
import type { Tables } from '../db/tables.ts'
import { HttpProblem } from '../http/http-problem.ts'
import { inOneTransaction } from '../http/idempotency/in-one-transaction.ts'
import { problems } from '../http/problem-responses.ts'
import { noContent, type TypedApp } from '../http/typed-app.ts'
import { writeLetter } from '../mail/letters/letter.ts'
import { mailLocale } from '../mail/letters/mail-locale.ts'
import {
  acceptInvitation,
  createInvitation,
  listInvitations,
  type NewInvitation,
  previewInvitation,
  revokeInvitation,
} from './invitations.ts'
import type { PartyDeps } from './party-deps.ts'
import { findWorkspace } from './workspaces.ts'

const params = z.strictObject({ workspaceId: ulidSchema })

/** Invitations to parties, by link and by mail: making, listing, taking back, looking at and accepting them. */
export function invitationRoutes(app: TypedApp, deps: PartyDeps): void {
  const { db, now } = deps

  app.route({
    method: 'POST',
    url: '/api/v1/workspaces/:workspaceId/invitations',
    config: { idempotency: 'none' },
    schema: {
      operationId: 'createInvitation',
      summary: 'Invite somebody to a party, by mail or by a link to hand over',
      tags: ['Invitations'],
      params,
      body: createInvitationRequestSchema,
      response: { 201: createdInvitationSchema, ...problems('not-a-party', 'too-many-invitations') },
    },
    async handler(request, reply) {
      const { workspaceId, role } = request.membership
      const inviter = { workspaceId, role, userId: request.caller.userId }
      const email = addressOf(request.body.email)
      const made = await db.transaction().execute(async (transaction) => {
        const created = await createInvitation(transaction, inviter, { ...request.body, email }, now())
        if (!created.ok) throw new HttpProblem(created.error)
        await recordSecurityEvent(transaction, {
          kind: 'invitation-created',
          at: now(),
          origin: originOf(request, request.caller),
          userId: inviter.userId,
          workspaceId,
          details: { invitationId: created.value.invitation.id, role: request.body.role, isMailed: email !== null },
        })
        const isMailed = email !== null && (await mailInvitation(deps, transaction, request, created.value, email))
        return { ...created.value.invitation, token: created.value.token, isMailed }
      })
      void reply.code(201).header('cache-control', 'no-store')
      return made
    },
  })

  app.route({
    method: 'GET',
    url: '/api/v1/workspaces/:workspaceId/invitations',
    schema: {
      operationId: 'listInvitations',
      summary: 'The invitations to a party that can still be used, the newest first',
      tags: ['Invitations'],
      params,
      response: { 200: invitationListSchema },
    },
    async handler(request, reply) {
      void reply.header('cache-control', 'no-store')
      return { items: await listInvitations(db, request.params.workspaceId, now()), nextCursor: null }
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/workspaces/:workspaceId/invitations/:invitationId',
    schema: {
      operationId: 'revokeInvitation',
      summary: 'Take an invitation back',
      tags: ['Invitations'],
      params: z.strictObject({ workspaceId: ulidSchema, invitationId: ulidSchema }),
      response: { 204: noContent },
    },
    async handler(request, reply) {
      const { workspaceId, invitationId } = request.params
      return inOneTransaction(deps, request, reply, async (transaction) => {
        if (!(await revokeInvitation(transaction, request.params, now()))) throw new HttpProblem('not-found')
        await recordSecurityEvent(transaction, {
          kind: 'invitation-revoked',
          at: now(),
          origin: originOf(request, request.caller),
          userId: request.caller.userId,
          workspaceId,
          details: { invitationId },
        })
        return { status: 204, body: undefined }
      })
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/invitations/preview',
    schema: {
      operationId: 'previewInvitation',
      summary: 'What an invitation is for, before it is accepted',
      tags: ['Invitations'],
      body: invitationTokenRequestSchema,
      response: { 200: invitationPreviewSchema, ...problems('invitation-invalid') },
    },
    async handler(request, reply) {
      void reply.header('cache-control', 'no-store')
      const preview = await previewInvitation(db, request.body.token, now())
      if (preview === undefined) throw new HttpProblem('invitation-invalid')
      return preview
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/invitations/accept',
    schema: {
      operationId: 'acceptInvitation',
      summary: 'Join the party an invitation is for',
      description: 'Whoever holds the link may use it. Somebody who belongs to the party already keeps their role.',
      tags: ['Invitations'],
      body: invitationTokenRequestSchema,
      response: { 200: workspaceSchema, ...problems('invitation-invalid') },
    },
    async handler(request, reply) {
      const { userId } = request.caller
      return inOneTransaction(deps, request, reply, async (transaction) => {
        const accepted = await acceptInvitation(transaction, { userId, token: request.body.token }, now())
        if (!accepted.ok) throw new HttpProblem(accepted.error)
        const { workspaceId, invitationId, role, hasJoined } = accepted.value
        if (hasJoined) {
          await recordSecurityEvent(transaction, {
            kind: 'member-joined',
            at: now(),
            origin: originOf(request, request.caller),
            userId,
            workspaceId,
            details: { invitationId, role },
          })
        }
        const workspace = await findWorkspace(transaction, userId, workspaceId)
        if (workspace === undefined) throw new Error(`workspace ${workspaceId} vanished under its lock`)
        return { status: 200, headers: { 'cache-control': 'no-store' }, body: workspace }
      })
    },
  })
}

function addressOf(typed: string | undefined): string | null {
  if (typed === undefined) return null
  const email = readEmail(typed)
  if (email !== null) return email
  throw new HttpProblem('invalid-request', [{ path: 'email', message: 'is not an e-mail address' }])
}

async function mailInvitation(
  { mail }: PartyDeps,
  transaction: Transaction<Tables>,
  request: FastifyRequest,
  { token }: NewInvitation,
  to: string,
): Promise<boolean> {
  if (mail === undefined) return false
  const locale = mailLocale(request.headers['accept-language'])
  const link = invitationUrl(mail.home, token)
  await mail.office.post(transaction, { to, ...writeLetter('invitation', { locale, link, home: mail.home }) })
  return true
}
