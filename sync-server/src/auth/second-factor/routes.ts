import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import {
  confirmTotpSchema,
  recoveryCodesSchema,
  type SecondFactorProof,
  secondFactorProofSchema,
  secondFactorSignInSchema,
  totpEnrolmentSchema,
} from '@questlog/shared/protocol/sign-in-methods'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { HttpProblem } from '../../http/http-problem.ts'
import { problems } from '../../http/problem-responses.ts'
import { noContent, type TypedApp } from '../../http/typed-app.ts'
import { answerSession } from '../answer-session.ts'
import { attemptProblem } from '../attempt-problem.ts'
import { requestOrigin } from '../request-origin.ts'
import { hasSecondFactor } from '../ways-in/has-second-factor.ts'
import { callersDevice, type MethodDeps, perAddress, requireRecentSignIn } from '../ways-in/method-deps.ts'
import { requireProof } from './confirm-identity.ts'
import { beginEnrolment, confirmEnrolment, removeSecondFactor, replaceRecoveryCodes } from './enrolment.ts'
import { signInWithSecondFactor } from './second-factor-sign-in.ts'

const tags = ['Sign-in methods']

/** Setting up, using and removing a second factor, under `/api/v1/auth`. */
export function secondFactorRoutes(app: TypedApp, deps: MethodDeps): void {
  const config = perAddress(deps)

  app.route({
    config,
    method: 'POST',
    url: '/api/v1/auth/totp',
    schema: {
      operationId: 'beginTotp',
      summary: 'Begin to set up an authenticator app',
      tags,
      response: { 200: totpEnrolmentSchema, ...problems('second-factor-exists', 'sign-in-too-old') },
    },
    async handler(request, reply) {
      const { userId } = await requireRecentSignIn(deps, request, reply)
      const user = await deps.db
        .selectFrom('users')
        .select(['id', 'email'])
        .where('id', '=', userId)
        .executeTakeFirstOrThrow()
      const begun = await beginEnrolment(deps, user)
      if (!begun.ok) throw new HttpProblem(begun.error)
      void reply.header('cache-control', 'no-store')
      return begun.value
    },
  })

  app.route({
    config,
    method: 'POST',
    url: '/api/v1/auth/totp/confirm',
    schema: {
      operationId: 'confirmTotp',
      summary: 'Show a first code, which turns the second factor on',
      tags,
      body: confirmTotpSchema,
      response: { 200: recoveryCodesSchema, ...problems('wrong-code', 'not-found', 'second-factor-exists') },
    },
    async handler(request, reply) {
      const { userId } = callersDevice(request)
      const origin = requestOrigin(request, request.caller)
      const confirmed = await confirmEnrolment(deps, userId, request.body.code, origin)
      if (!confirmed.ok) throw new HttpProblem(confirmed.error)
      void reply.header('cache-control', 'no-store')
      return { recoveryCodes: [...confirmed.value] }
    },
  })

  app.route({
    config,
    method: 'POST',
    url: '/api/v1/auth/totp/remove',
    schema: {
      operationId: 'removeTotp',
      summary: 'Turn the second factor off',
      tags,
      body: secondFactorProofSchema,
      response: { 204: noContent, ...problems('wrong-code', 'wrong-password', 'not-found') },
    },
    async handler(request, reply) {
      const userId = await requireOwner(request, reply, request.body)
      await removeSecondFactor(deps, userId, requestOrigin(request, request.caller))
      return reply.code(204).send()
    },
  })

  app.route({
    config,
    method: 'POST',
    url: '/api/v1/auth/recovery-codes',
    schema: {
      operationId: 'replaceRecoveryCodes',
      summary: 'Get new recovery codes instead of the old ones',
      tags,
      body: secondFactorProofSchema,
      response: { 200: recoveryCodesSchema, ...problems('wrong-code', 'wrong-password', 'not-found') },
    },
    async handler(request, reply) {
      const userId = await requireOwner(request, reply, request.body)
      void reply.header('cache-control', 'no-store')
      return { recoveryCodes: [...(await replaceRecoveryCodes(deps, userId, requestOrigin(request, request.caller)))] }
    },
  })

  app.route({
    config,
    onRequest: async (request) => deps.cookie.refuseCrossSite(request),
    method: 'POST',
    url: '/api/v1/auth/second-factor',
    schema: {
      operationId: 'signInWithSecondFactor',
      summary: 'Complete a sign-in that was answered with `second-factor-required`',
      tags,
      body: secondFactorSignInSchema,
      response: {
        200: sessionResponseSchema,
        ...problems('wrong-code', 'challenge-expired', 'account-disabled', 'cross-site'),
      },
    },
    async handler(request, reply) {
      const { client, ...shown } = request.body
      const how = { client, origin: requestOrigin(request, null, shown.deviceName) }
      const session = await signInWithSecondFactor(deps, shown, how)
      if (!session.ok) throw attemptProblem(reply, session.error)
      return answerSession(deps, request, reply, session.value)
    },
  })

  /** The caller, who has a second factor and showed the password or a code. */
  async function requireOwner(request: FastifyRequest, reply: FastifyReply, proof: SecondFactorProof): Promise<string> {
    const { userId } = callersDevice(request)
    if (!(await hasSecondFactor(deps.db, userId))) throw new HttpProblem('not-found')
    await requireProof(deps, request, reply, proof)
    return userId
  }
}
