import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import {
  addPasskeySchema,
  passkeyListSchema,
  passkeyOptionsSchema,
  passkeySchema,
  passkeySignInSchema,
  renamePasskeySchema,
} from '@questlog/shared/protocol/sign-in-methods'
import { ulidSchema } from '@questlog/shared/protocol/ulid'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { HttpProblem } from '../../http/http-problem.ts'
import { problems } from '../../http/problem-responses.ts'
import { noContent, type TypedApp } from '../../http/typed-app.ts'
import { answerSession } from '../answer-session.ts'
import { attemptProblem } from '../attempt-problem.ts'
import { requestOrigin } from '../request-origin.ts'
import { completeSignIn } from '../ways-in/complete-sign-in.ts'
import { callersDevice, type MethodDeps, perAddress, requireRecentSignIn } from '../ways-in/method-deps.ts'
import { type RelyingParty, relyingPartyOf } from '../ways-in/relying-party.ts'
import { beginPasskeySignIn, checkPasskey } from './passkey-sign-in.ts'
import { listPasskeys, removePasskey, renamePasskey } from './passkeys.ts'
import { addPasskey, beginPasskeyRegistration } from './register-passkey.ts'

const tags = ['Sign-in methods']
const params = z.strictObject({ passkeyId: ulidSchema })

/** Adding, using, renaming and removing passkeys (WebAuthn), under `/api/v1/auth/passkeys`. */
export function passkeyRoutes(app: TypedApp, deps: MethodDeps): void {
  const config = perAddress(deps)
  const fromOwnPages = { config, onRequest: async (request: FastifyRequest) => deps.cookie.refuseCrossSite(request) }

  function requireRelyingParty(request: FastifyRequest): RelyingParty {
    const relyingParty = relyingPartyOf(request, deps.publicUrl)
    if (relyingParty === null) throw new HttpProblem('sign-in-method-unavailable')
    return relyingParty
  }

  app.route({
    config,
    method: 'POST',
    url: '/api/v1/auth/passkeys/options',
    schema: {
      operationId: 'beginPasskey',
      summary: 'Options to make a passkey with',
      tags,
      response: { 200: passkeyOptionsSchema, ...problems('sign-in-method-unavailable', 'sign-in-too-old') },
    },
    async handler(request, reply) {
      const relyingParty = requireRelyingParty(request)
      const device = await requireRecentSignIn(deps, request, reply)
      void reply.header('cache-control', 'no-store')
      return { publicKey: { ...(await beginPasskeyRegistration(deps, relyingParty, device)) } }
    },
  })

  app.route({
    config,
    method: 'POST',
    url: '/api/v1/auth/passkeys',
    schema: {
      operationId: 'addPasskey',
      summary: 'Keep the passkey that was made',
      tags,
      body: addPasskeySchema,
      response: {
        201: passkeySchema,
        ...problems(
          'sign-in-method-unavailable',
          'challenge-expired',
          'passkey-refused',
          'passkey-exists',
          'too-many-passkeys',
        ),
      },
    },
    async handler(request, reply) {
      const origin = requestOrigin(request, request.caller)
      const added = await addPasskey(deps, requireRelyingParty(request), callersDevice(request), request.body, origin)
      if (!added.ok) throw new HttpProblem(added.error)
      return reply.code(201).send(added.value)
    },
  })

  app.route({
    method: 'GET',
    url: '/api/v1/auth/passkeys',
    schema: {
      operationId: 'listPasskeys',
      summary: 'Your passkeys',
      tags,
      response: { 200: passkeyListSchema },
    },
    async handler(request) {
      return { items: await listPasskeys(deps, request.caller.userId), nextCursor: null }
    },
  })

  app.route({
    config: { idempotency: 'none' },
    method: 'PATCH',
    url: '/api/v1/auth/passkeys/:passkeyId',
    schema: {
      operationId: 'renamePasskey',
      summary: 'Give a passkey another name',
      tags,
      params,
      body: renamePasskeySchema,
      response: { 200: passkeySchema, ...problems('not-found') },
    },
    async handler(request) {
      const { userId } = request.caller
      const renamed = await renamePasskey(deps, { userId, ...request.params, ...request.body })
      if (!renamed.ok) throw new HttpProblem(renamed.error)
      return renamed.value
    },
  })

  app.route({
    config: { idempotency: 'none' },
    method: 'DELETE',
    url: '/api/v1/auth/passkeys/:passkeyId',
    schema: {
      operationId: 'removePasskey',
      summary: 'Remove a passkey',
      tags,
      params,
      response: { 204: noContent, ...problems('not-found', 'last-sign-in-method', 'sign-in-too-old') },
    },
    async handler(request, reply) {
      const { userId } = await requireRecentSignIn(deps, request, reply)
      const removed = await removePasskey(deps, { userId, ...request.params }, requestOrigin(request, request.caller))
      if (!removed.ok) throw new HttpProblem(removed.error)
      return reply.code(204).send()
    },
  })

  app.route({
    ...fromOwnPages,
    method: 'POST',
    url: '/api/v1/auth/passkeys/sign-in/options',
    schema: {
      operationId: 'beginPasskeySignIn',
      summary: 'Options to sign in with a passkey',
      tags,
      response: { 200: passkeyOptionsSchema, ...problems('sign-in-method-unavailable', 'cross-site') },
    },
    async handler(request, reply) {
      const options = await beginPasskeySignIn(deps, requireRelyingParty(request))
      void reply.header('cache-control', 'no-store')
      return { publicKey: { ...options } }
    },
  })

  app.route({
    ...fromOwnPages,
    method: 'POST',
    url: '/api/v1/auth/passkeys/sign-in',
    schema: {
      operationId: 'signInWithPasskey',
      summary: 'Sign in with a passkey',
      tags,
      body: passkeySignInSchema,
      response: {
        200: sessionResponseSchema,
        ...problems(
          'sign-in-method-unavailable',
          'challenge-expired',
          'passkey-refused',
          'second-factor-required',
          'account-disabled',
          'cross-site',
        ),
      },
    },
    async handler(request, reply) {
      const { credential, client, deviceName } = request.body
      const origin = requestOrigin(request, null, deviceName)
      const proven = await checkPasskey(deps, requireRelyingParty(request), credential, origin.event)
      if (!proven.ok) throw attemptProblem(reply, proven.error)
      const session = await completeSignIn(deps, proven.value, { client, origin, method: 'passkey' })
      if (!session.ok) throw attemptProblem(reply, session.error)
      return answerSession(deps, request, reply, session.value)
    },
  })
}
