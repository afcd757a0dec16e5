import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import {
  linkRequestSchema,
  linkResponseSchema,
  type OidcRefusal,
  oidcExchangeSchema,
  oidcStartQuerySchema,
} from '@questlog/shared/protocol/sign-in-methods'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { HttpProblem } from '../../http/http-problem.ts'
import { problems } from '../../http/problem-responses.ts'
import { noContent, type TypedApp } from '../../http/typed-app.ts'
import { answerSession, keepSession } from '../answer-session.ts'
import { attemptProblem } from '../attempt-problem.ts'
import { requestOrigin } from '../request-origin.ts'
import { completeSignIn } from '../ways-in/complete-sign-in.ts'
import { type MethodDeps, perAddress, requireRecentSignIn } from '../ways-in/method-deps.ts'
import { appPath, ownOrigin } from '../ways-in/own-origin.ts'
import { beginAuthorization } from './authorization.ts'
import type { BrowserBinding } from './browser-binding.ts'
import { endVisit, type Returned } from './callback.ts'
import { issueExchangeCode, redeemExchangeCode } from './exchange.ts'
import { unlinkIdentity } from './identities.ts'
import { nativeRedirect } from './native-redirect.ts'
import type { Provider } from './providers.ts'

const tags = ['Sign-in methods']
const params = z.strictObject({ provider: z.string().max(40) })
const redirect = z.undefined().meta({ description: 'Go on at the `Location`.' })
/** Whatever a provider adds is checked, or passed over, by the library. */
const callbackQuery = z.looseObject({ state: z.string().max(200).optional() })

export interface OidcRoutesDeps extends MethodDeps {
  readonly binding: BrowserBinding
  readonly providers: ReadonlyMap<string, Provider>
}

/** Signing in with, linking and unlinking OpenID Connect providers, under `/api/v1/auth`. */
export function oidcRoutes(app: TypedApp, deps: OidcRoutesDeps): void {
  const config = perAddress(deps)
  const fromOwnPages = async (request: FastifyRequest) => deps.cookie.refuseCrossSite(request)

  function requireProvider(id: string): Provider {
    const provider = deps.providers.get(id)
    if (provider === undefined) throw new HttpProblem('not-found')
    return provider
  }

  function requireOrigin(request: FastifyRequest): string {
    const origin = ownOrigin(request, deps.publicUrl)
    if (origin === null) throw new HttpProblem('sign-in-method-unavailable')
    return origin
  }

  app.route({
    config,
    onRequest: fromOwnPages,
    method: 'GET',
    url: '/api/v1/auth/oidc/:provider/start',
    schema: {
      operationId: 'startProviderSignIn',
      summary: 'Go to a provider to sign in; open it in a browser',
      description:
        'Comes back to `returnTo` with `#sign-in=done`, `#sign-in=second-factor&challenge=…` or ' +
        '`#sign-in=refused&reason=…`, or to `/sign-in` with the latter when nothing is known of the visit. A native client names the loopback `redirectUri` it listens on and a PKCE ' +
        '`codeChallenge`, and gets `?code=…`, to be exchanged, or `?error=…` there.',
      tags,
      params,
      querystring: oidcStartQuerySchema,
      response: { 302: redirect, ...problems('not-found', 'sign-in-method-unavailable', 'cross-site') },
    },
    async handler(request, reply) {
      const provider = requireProvider(request.params.provider)
      const origin = requireOrigin(request)
      const returnTo = requireAppPath(request.query.returnTo, 'query.returnTo')
      const native = nativeClient(request.query)
      const begun = await beginAuthorization(deps, provider, origin, {
        userId: null,
        bound: deps.binding.bind(request, reply),
        returnTo,
        native,
        linkFamilyId: null,
      })
      void reply.header('cache-control', 'no-store')
      if (begun.ok) return reply.redirect(begun.value.href, 302)
      return native === null
        ? goTo(reply, returnTo, refused(begun.error, provider))
        : reply.redirect(withQuery(native.redirectUri, { error: begun.error }), 302)
    },
  })

  app.route({
    config,
    method: 'GET',
    url: '/api/v1/auth/oidc/:provider/callback',
    schema: {
      operationId: 'finishProviderSignIn',
      summary: 'Where a provider sends the browser back to',
      tags,
      params,
      querystring: callbackQuery,
      response: { 302: redirect, ...problems('not-found', 'sign-in-method-unavailable') },
    },
    async handler(request, reply) {
      const provider = requireProvider(request.params.provider)
      const origin = requireOrigin(request)
      void reply.header('cache-control', 'no-store')
      const returned = await endVisit(
        deps,
        {
          provider,
          origin,
          state: request.query.state ?? '',
          query: URL.parse(request.url, origin)?.search ?? '',
          isSameBrowser: (bound) => deps.binding.isSame(request, bound),
        },
        requestOrigin(request, null),
      )
      if (returned === undefined) return goTo(reply, '/sign-in', refused('expired', provider))
      return returned.authorization.native === null
        ? returnToApp(request, reply, provider, returned)
        : returnToNative(reply, returned.authorization.native, returned.outcome)
    },
  })

  app.route({
    config,
    onRequest: fromOwnPages,
    method: 'POST',
    url: '/api/v1/auth/oidc/exchange',
    schema: {
      operationId: 'exchangeProviderSignIn',
      summary: 'Get a native session for the code that came to the loopback address',
      tags,
      body: oidcExchangeSchema,
      response: {
        200: sessionResponseSchema,
        ...problems('challenge-expired', 'second-factor-required', 'account-disabled', 'cross-site'),
      },
    },
    async handler(request, reply) {
      const { code, codeVerifier, deviceName } = request.body
      const redeemed = await redeemExchangeCode(deps, code, codeVerifier)
      if (!redeemed.ok) throw new HttpProblem(redeemed.error)
      const how = { client: 'native', origin: requestOrigin(request, null, deviceName), method: 'provider' } as const
      const session = await completeSignIn(deps, { userId: redeemed.value, factors: 'one' }, how)
      if (!session.ok) throw attemptProblem(reply, session.error)
      return answerSession(deps, request, reply, session.value)
    },
  })

  app.route({
    config: { ...config, idempotency: 'none' },
    method: 'POST',
    url: '/api/v1/auth/identities/:provider',
    schema: {
      operationId: 'linkIdentity',
      summary: 'Begin to link an account at a provider, in a browser',
      tags,
      params,
      body: linkRequestSchema,
      response: {
        200: linkResponseSchema,
        ...problems(
          'not-found',
          'sign-in-method-unavailable',
          'sign-in-too-old',
          'provider-unavailable',
          'provider-failed',
        ),
      },
    },
    async handler(request, reply) {
      const provider = requireProvider(request.params.provider)
      const origin = requireOrigin(request)
      const returnTo = requireAppPath(request.body.returnTo, 'returnTo')
      const { userId, familyId } = await requireRecentSignIn(deps, request, reply)
      const begun = await beginAuthorization(deps, provider, origin, {
        userId,
        bound: deps.binding.bind(request, reply),
        returnTo,
        native: null,
        linkFamilyId: familyId,
      })
      if (!begun.ok) throw new HttpProblem(begun.error)
      void reply.header('cache-control', 'no-store')
      return { authorizationUrl: begun.value.href }
    },
  })

  app.route({
    config,
    method: 'DELETE',
    url: '/api/v1/auth/identities/:provider',
    schema: {
      operationId: 'unlinkIdentity',
      summary: 'Take the link to a provider away',
      tags,
      params,
      response: { 204: noContent, ...problems('not-found', 'last-sign-in-method', 'sign-in-too-old') },
    },
    async handler(request, reply) {
      const { userId } = await requireRecentSignIn(deps, request, reply)
      const unlinked = await unlinkIdentity(deps, { userId, ...request.params }, requestOrigin(request, request.caller))
      if (!unlinked.ok) throw new HttpProblem(unlinked.error)
      return reply.code(204).send()
    },
  })

  async function returnToApp(
    request: FastifyRequest,
    reply: FastifyReply,
    provider: Provider,
    { authorization, outcome }: Returned,
  ): Promise<FastifyReply> {
    const { returnTo } = authorization
    if (!outcome.ok) return goTo(reply, returnTo, refused(outcome.error, provider))
    const { userId, wasLink } = outcome.value
    if (wasLink) return goTo(reply, returnTo, { 'sign-in': 'linked', provider: provider.settings.id })
    const how = { client: 'browser', origin: requestOrigin(request, null), method: 'provider' } as const
    const session = await completeSignIn(deps, { userId, factors: 'one' }, how)
    if (session.ok) {
      keepSession(deps, request, reply, session.value)
      return goTo(reply, returnTo, { 'sign-in': 'done' })
    }
    const { error } = session
    if (typeof error === 'object') {
      return goTo(reply, returnTo, { 'sign-in': 'second-factor', challenge: error.challenge })
    }
    return goTo(reply, returnTo, refused(error === 'account-disabled' ? error : 'expired', provider))
  }

  async function returnToNative(
    reply: FastifyReply,
    { redirectUri, codeChallenge }: NonNullable<Returned['authorization']['native']>,
    outcome: Returned['outcome'],
  ): Promise<FastifyReply> {
    const answer = outcome.ok
      ? { code: await issueExchangeCode(deps, outcome.value.userId, codeChallenge) }
      : { error: outcome.error }
    return reply.redirect(withQuery(redirectUri, answer), 302)
  }
}

function requireAppPath(wanted: string | undefined, field: string): string {
  const path = appPath(wanted)
  if (path === null) throw new HttpProblem('invalid-request', [{ path: field, message: 'must be a path of the app' }])
  return path
}

function nativeClient(query: z.infer<typeof oidcStartQuerySchema>): Returned['authorization']['native'] {
  const { redirectUri, codeChallenge } = query
  if (redirectUri === undefined && codeChallenge === undefined) return null
  const url = redirectUri === undefined ? null : nativeRedirect(redirectUri)
  if (url === null) {
    const message = 'must be http on 127.0.0.1 or [::1], without a query'
    throw new HttpProblem('invalid-request', [{ path: 'query.redirectUri', message }])
  }
  if (codeChallenge === undefined) {
    throw new HttpProblem('invalid-request', [{ path: 'query.codeChallenge', message: 'goes with a redirectUri' }])
  }
  return { redirectUri: url.href, codeChallenge }
}

function refused(reason: OidcRefusal, provider: Provider): Readonly<Record<string, string>> {
  return { 'sign-in': 'refused', reason, provider: provider.settings.id }
}

/** In the fragment, which no server, log or `Referer` ever sees. */
function goTo(reply: FastifyReply, path: string, told: Readonly<Record<string, string>>): FastifyReply {
  return reply.redirect(`${path}#${new URLSearchParams(told)}`, 302)
}

function withQuery(address: string, told: Readonly<Record<string, string>>): string {
  return `${address}?${new URLSearchParams(told)}`
}
