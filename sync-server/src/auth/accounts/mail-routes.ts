import {
  changeEmailSchema,
  changePasswordSchema,
  forgotPasswordSchema,
  resetPasswordSchema,
  verifyEmailSchema,
} from '@questlog/shared/protocol/account'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { addressKey } from '../../http/address-key.ts'
import { HttpProblem } from '../../http/http-problem.ts'
import { problems } from '../../http/problem-responses.ts'
import { noContent, type TypedApp } from '../../http/typed-app.ts'
import type { AccountMail } from '../account-mail.ts'
import { attemptProblem } from '../attempt-problem.ts'
import { anonymousKey } from '../known-devices/carried-marks.ts'
import { type ProofError, proveIdentity } from '../re-authentication.ts'
import { requestOrigin } from '../request-origin.ts'
import { signedInDevice } from '../signed-in-device.ts'
import type { AccountsDeps } from './accounts.ts'
import { askForEmail, resendVerification, verifyEmail } from './email-addresses.ts'
import { changePassword, forgotPassword, resetPassword } from './password-changes.ts'

export interface MailRoutesDeps {
  readonly accounts: AccountsDeps
  readonly requestsPerMinute: number
}

/** What mails are for, under `/api/v1/auth`: verified and changed addresses, forgotten and changed passwords. */
export function mailRoutes(app: TypedApp, { accounts, requestsPerMinute }: MailRoutesDeps): void {
  const limited = {
    config: {
      rateLimit: { max: requestsPerMinute, timeWindow: 60_000, keyGenerator: anonymousKey(accounts.deviceMarks) },
      idempotency: 'none' as const,
    },
  }

  app.route({
    ...limited,
    method: 'POST',
    url: '/api/v1/auth/verify-email',
    schema: {
      operationId: 'verifyEmail',
      summary: 'Use the link that was sent to an e-mail address',
      tags: ['Accounts'],
      body: verifyEmailSchema,
      response: { 204: noContent, ...problems('link-invalid', 'email-taken') },
    },
    async handler(request, reply) {
      const verified = await verifyEmail(accounts, request.body.token, requestOrigin(request, null))
      if (!verified.ok) throw new HttpProblem(verified.error)
      return answerDone(reply)
    },
  })

  app.route({
    ...limited,
    method: 'POST',
    url: '/api/v1/auth/verify-email/resend',
    schema: {
      operationId: 'resendEmailVerification',
      summary: 'Have the link for your e-mail address sent again',
      tags: ['Accounts'],
      response: { 202: noContent, ...problems('mail-not-configured') },
    },
    async handler(request, reply) {
      const mail = requireMail(accounts)
      await resendVerification({ ...accounts, mail }, request.caller.userId, requestOrigin(request, request.caller))
      return answerAccepted(reply)
    },
  })

  app.route({
    ...limited,
    method: 'POST',
    url: '/api/v1/auth/email/change',
    schema: {
      operationId: 'changeEmail',
      summary: 'Ask for another e-mail address; it is yours once the link sent to it is used',
      tags: ['Accounts'],
      body: changeEmailSchema,
      response: { 202: noContent, ...problems('mail-not-configured', 'wrong-password', 'sign-in-too-old') },
    },
    async handler(request, reply) {
      const mail = requireMail(accounts)
      await requireProof(accounts, request, reply, request.body.password)
      const origin = requestOrigin(request, request.caller)
      const asked = await askForEmail({ ...accounts, mail }, request.caller.userId, request.body.email, origin)
      if (!asked.ok) {
        throw new HttpProblem('invalid-request', [{ path: 'email', message: 'is not an e-mail address' }])
      }
      return answerAccepted(reply)
    },
  })

  app.route({
    ...limited,
    method: 'POST',
    url: '/api/v1/auth/password/forgot',
    schema: {
      operationId: 'forgotPassword',
      summary: 'Have a link sent for choosing a new password',
      description: 'Answers the same whether or not there is an account.',
      tags: ['Accounts'],
      body: forgotPasswordSchema,
      response: { 202: noContent, ...problems('mail-not-configured') },
    },
    async handler(request, reply) {
      const mail = requireMail(accounts)
      await forgotPassword({ ...accounts, mail }, request.body.email, requestOrigin(request, null))
      return answerAccepted(reply)
    },
  })

  app.route({
    ...limited,
    method: 'POST',
    url: '/api/v1/auth/password/reset',
    schema: {
      operationId: 'resetPassword',
      summary: 'Choose a new password with the link; all devices are signed out',
      description: 'All API keys end too, so that nobody who was in the account stays in it. Make new ones afterwards.',
      tags: ['Accounts'],
      body: resetPasswordSchema,
      response: { 204: noContent, ...problems('link-invalid') },
    },
    async handler(request, reply) {
      const reset = await resetPassword(accounts, request.body, requestOrigin(request, null))
      if (!reset.ok) throw passwordProblem(reply, reset.error, 'password')
      return answerDone(reply)
    },
  })

  app.route({
    ...limited,
    method: 'POST',
    url: '/api/v1/auth/password/change',
    schema: {
      operationId: 'changePassword',
      summary: 'Change your password; other devices are signed out',
      description: 'API keys stay; `DELETE /api/v1/api-keys/{apiKeyId}` ends one.',
      tags: ['Accounts'],
      body: changePasswordSchema,
      response: { 204: noContent, ...problems('wrong-password') },
    },
    async handler(request, reply) {
      const origin = requestOrigin(request, request.caller)
      const changed = await changePassword(accounts, signedInDevice(request), request.body, origin)
      if (!changed.ok) throw passwordProblem(reply, changed.error, 'newPassword')
      return answerDone(reply)
    },
  })
}

/** Refuses the request unless the person is there, and not only their session. */
export async function requireProof(
  deps: Parameters<typeof proveIdentity>[0],
  request: FastifyRequest,
  reply: FastifyReply,
  password: string | undefined,
): Promise<void> {
  const address = addressKey(request)
  const proven = await proveIdentity(deps, { ...signedInDevice(request), password, address })
  if (!proven.ok) throw attemptProblem(reply, proven.error)
}

function requireMail({ mail }: AccountsDeps): AccountMail {
  if (mail === undefined) throw new HttpProblem('mail-not-configured')
  return mail
}

function passwordProblem(
  reply: FastifyReply,
  error: ProofError | 'password-common' | 'link-invalid',
  field: string,
): HttpProblem {
  if (error === 'link-invalid') return new HttpProblem('link-invalid')
  if (error !== 'password-common') return attemptProblem(reply, error)
  return new HttpProblem('invalid-request', [{ path: field, message: 'is too easy to guess' }])
}

function answerDone(reply: FastifyReply) {
  return reply.code(204).send()
}

function answerAccepted(reply: FastifyReply) {
  return reply.code(202).send()
}
