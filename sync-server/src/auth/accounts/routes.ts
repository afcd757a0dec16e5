import {
  loginRequestSchema,
  refreshRequestSchema,
  registerRequestSchema,
  sessionResponseSchema,
} from '@questlog/shared/protocol/auth'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addressKey } from '../../http/address-key.ts'
import { HttpProblem } from '../../http/http-problem.ts'
import { problems } from '../../http/problem-responses.ts'
import { noContent, type TypedApp } from '../../http/typed-app.ts'
import type { AccessTokens } from '../access-tokens.ts'
import { answerSession } from '../answer-session.ts'
import { attemptProblem } from '../attempt-problem.ts'
import type { Authenticate } from '../authenticate.ts'
import { bearerToken } from '../bearer.ts'
import { accountSpelling } from '../email-spelling.ts'
import { anonymousKey, carriedMarks } from '../known-devices/carried-marks.ts'
import type { RefreshCookie } from '../refresh-cookie.ts'
import { requestOrigin } from '../request-origin.ts'
import { type AccountsDeps, login, logout, type RegisterError, refresh, register } from './accounts.ts'

export interface AuthRoutesDeps {
  readonly accounts: AccountsDeps
  readonly accessTokens: AccessTokens
  readonly authenticate: Authenticate
  readonly cookie: RefreshCookie
  readonly requestsPerMinute: number
  readonly loginsPerMinute: number
}

/** Registration, login, refresh, logout and the published keys, under `/api/v1/auth`. */
export function authRoutes(app: TypedApp, deps: AuthRoutesDeps): void {
  const { deviceMarks } = deps.accounts
  const sessions = { cookie: deps.cookie, deviceMarks }
  const anonymous = anonymousKey(deviceMarks)
  const perAddress = {
    config: { rateLimit: { max: deps.requestsPerMinute, timeWindow: 60_000, keyGenerator: anonymous } },
    onRequest: async (request: FastifyRequest) => deps.cookie.refuseCrossSite(request),
  }
  // The plugin counts one limit a request by its hooks, so the second one is asked apart, once the body is there.
  const perAccount = app.createRateLimit({
    max: deps.loginsPerMinute,
    timeWindow: 60_000,
    keyGenerator(request) {
      const email = emailKey(request.body)
      return `${deviceMarks.signInOf(carriedMarks(request), email) ?? addressKey(request)} ${email}`
    },
  })
  // Registration tells a right password of an existing account from a wrong one as well, so both share this limit.
  async function limitGuesses(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const allowance = await perAccount(request)
    if (allowance.isAllowed || !allowance.isExceeded) return
    void reply.header('retry-after', allowance.ttlInSeconds)
    throw new HttpProblem('rate-limited')
  }

  app.route({
    ...perAddress,
    method: 'POST',
    url: '/api/v1/auth/register',
    preValidation: limitGuesses,
    schema: {
      operationId: 'register',
      summary: 'Make an account and sign in',
      tags: ['Accounts'],
      body: registerRequestSchema,
      response: {
        201: sessionResponseSchema,
        ...problems(
          'registration-refused',
          'registration-closed',
          'second-factor-required',
          'account-disabled',
          'cross-site',
        ),
      },
    },
    async handler(request, reply) {
      const registered = await register(
        deps.accounts,
        request.body,
        requestOrigin(request, null, request.body.deviceName),
      )
      if (!registered.ok) throw registerProblem(reply, registered.error)
      void reply.code(201)
      return answerSession(sessions, request, reply, registered.value)
    },
  })

  app.route({
    ...perAddress,
    method: 'POST',
    url: '/api/v1/auth/login',
    preValidation: limitGuesses,
    schema: {
      operationId: 'login',
      summary: 'Sign in',
      tags: ['Accounts'],
      body: loginRequestSchema,
      response: {
        200: sessionResponseSchema,
        ...problems('invalid-credentials', 'second-factor-required', 'account-disabled', 'cross-site'),
      },
    },
    async handler(request, reply) {
      const session = await login(deps.accounts, request.body, requestOrigin(request, null, request.body.deviceName))
      if (!session.ok) throw attemptProblem(reply, session.error)
      return answerSession(sessions, request, reply, session.value)
    },
  })

  app.route({
    ...perAddress,
    method: 'POST',
    url: '/api/v1/auth/refresh',
    schema: {
      operationId: 'refresh',
      summary: 'Exchange the refresh token for new tokens',
      tags: ['Accounts'],
      body: refreshRequestSchema,
      response: { 200: sessionResponseSchema, ...problems('signed-out', 'cross-site') },
    },
    async handler(request, reply) {
      const { refreshToken } = request.body
      const token = refreshToken ?? deps.cookie.read(request)
      const session =
        token === undefined ? undefined : await refresh(deps.accounts, token, requestOrigin(request, null))
      if (session?.ok !== true) {
        if (refreshToken === undefined) deps.cookie.clear(request, reply)
        throw new HttpProblem('signed-out')
      }
      return answerSession(sessions, request, reply, session.value)
    },
  })

  app.route({
    ...perAddress,
    method: 'POST',
    url: '/api/v1/auth/logout',
    schema: {
      operationId: 'logout',
      summary: 'Sign this device out',
      tags: ['Accounts'],
      body: refreshRequestSchema,
      response: { 204: noContent, ...problems('cross-site') },
    },
    async handler(request, reply) {
      const { refreshToken } = request.body
      const bearer = bearerToken(request)
      const principal = bearer === undefined ? undefined : await deps.authenticate(bearer)
      await logout(deps.accounts, {
        refreshToken: refreshToken ?? deps.cookie.read(request),
        familyId: principal?.ok === true ? principal.value.familyId : undefined,
      })
      deps.cookie.clear(request, reply)
      return reply.code(204).send()
    },
  })

  for (const url of ['/api/v1/auth/keys', '/.well-known/jwks.json']) {
    app.route({
      method: 'GET',
      url,
      schema: {
        operationId: 'listSigningKeys',
        summary: 'The keys access tokens are signed with, as a JWKS',
        tags: ['Accounts'],
        response: { 200: keySetSchema },
      },
      async handler(_request, reply) {
        void reply.header('cache-control', 'public, max-age=300')
        return deps.accessTokens.published()
      },
    })
  }
}

const keySetSchema = z
  .object({ keys: z.array(z.record(z.string(), z.unknown())).readonly() })
  .readonly()
  .meta({ id: 'KeySet' })

function registerProblem(reply: FastifyReply, error: RegisterError): HttpProblem {
  switch (error) {
    case 'email-malformed':
      return new HttpProblem('invalid-request', [{ path: 'email', message: 'is not an e-mail address' }])
    case 'password-common':
      return new HttpProblem('invalid-request', [{ path: 'password', message: 'is too easy to guess' }])
    case 'registration-closed':
    case 'registration-refused':
      return new HttpProblem(error)
    default:
      return attemptProblem(reply, error)
  }
}

function emailKey(body: unknown): string {
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : undefined
  return typeof email === 'string' ? (accountSpelling(email) ?? '') : ''
}
