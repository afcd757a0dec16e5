import {
  secondFactorProofSchema,
  setPasswordSchema,
  signInMethodsSchema,
  signInOptionsSchema,
} from '@questlog/shared/protocol/sign-in-methods'
import { HttpProblem } from '../../http/http-problem.ts'
import { problems } from '../../http/problem-responses.ts'
import { noContent, type TypedApp } from '../../http/typed-app.ts'
import type { ProviderSettings } from '../oidc/provider-settings.ts'
import { requestOrigin } from '../request-origin.ts'
import { confirmIdentity } from '../second-factor/confirm-identity.ts'
import { type MethodDeps, perAddress, requireRecentSignIn } from '../ways-in/method-deps.ts'
import { relyingPartyOf } from '../ways-in/relying-party.ts'
import { listSignInMethods } from './list-methods.ts'
import { setFirstPassword } from './set-password.ts'

const tags = ['Sign-in methods']

export interface SignInMethodsDeps extends MethodDeps {
  /** Those configured, by id. */
  readonly providers: ReadonlyMap<string, { readonly settings: ProviderSettings }>
}

/** What a sign-in screen offers, what an account has, and what keeps both safe, under `/api/v1/auth`. */
export function signInMethodRoutes(app: TypedApp, deps: SignInMethodsDeps): void {
  const config = perAddress(deps)

  app.route({
    method: 'GET',
    url: '/api/v1/auth/options',
    schema: {
      operationId: 'listSignInOptions',
      summary: 'The ways to sign in to this server',
      tags,
      response: { 200: signInOptionsSchema },
    },
    async handler(request, reply) {
      void reply.header('cache-control', 'no-cache')
      const providers = [...deps.providers.values()].map(({ settings }) => ({ id: settings.id, name: settings.name }))
      return { providers, passkeys: relyingPartyOf(request, deps.publicUrl) !== null }
    },
  })

  app.route({
    method: 'GET',
    url: '/api/v1/auth/methods',
    schema: {
      operationId: 'listSignInMethods',
      summary: 'The ways to sign in to your account',
      tags,
      response: { 200: signInMethodsSchema },
    },
    async handler(request, reply) {
      void reply.header('cache-control', 'no-store')
      return listSignInMethods(deps, request.caller.userId)
    },
  })

  app.route({
    config,
    method: 'POST',
    url: '/api/v1/auth/confirm-identity',
    schema: {
      operationId: 'confirmIdentity',
      summary: 'Show again that it is you, for what `sign-in-too-old` refuses; holds for ten minutes',
      tags,
      body: secondFactorProofSchema,
      response: { 204: noContent, ...problems('wrong-password', 'wrong-code') },
    },
    async handler(request, reply) {
      await confirmIdentity(deps, request, reply, request.body)
      return reply.code(204).send()
    },
  })

  app.route({
    config,
    method: 'POST',
    url: '/api/v1/auth/password',
    schema: {
      operationId: 'setFirstPassword',
      summary: 'Give a password to an account that has none',
      tags,
      body: setPasswordSchema,
      response: { 204: noContent, ...problems('password-exists', 'sign-in-too-old') },
    },
    async handler(request, reply) {
      const { userId } = await requireRecentSignIn(deps, request, reply)
      const set = await setFirstPassword(deps, userId, request.body.password, requestOrigin(request, request.caller))
      if (set.ok) return reply.code(204).send()
      switch (set.error) {
        case 'busy':
          throw new HttpProblem('unavailable')
        case 'password-common':
          throw new HttpProblem('invalid-request', [{ path: 'password', message: 'is too easy to guess' }])
        case 'password-exists':
          throw new HttpProblem(set.error)
      }
    },
  })
}
