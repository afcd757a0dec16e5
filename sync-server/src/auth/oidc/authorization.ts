import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import * as client from 'openid-client'
import { z } from 'zod'
import { type ChallengeDeps, issueChallenge, takeChallenge } from '../ways-in/challenges.ts'
import type { ProviderFailure } from './provider-failure.ts'
import type { Provider } from './providers.ts'

const LIFE_MS = 10 * 60_000

const authorizationSchema = z.object({
  provider: z.string(),
  codeVerifier: z.string(),
  nonce: z.string(),
  /** The browser that began it. */
  bound: z.string(),
  /** Where the browser goes when it is done. */
  returnTo: z.string(),
  /** Of a native client: where its own answer goes, and the challenge only it can answer. */
  native: z.object({ redirectUri: z.string(), codeChallenge: z.string() }).nullable(),
  /** Of somebody signed in who links a provider: the device they do it on. */
  linkFamilyId: z.string().nullable(),
})

/** What is remembered while a person is at the provider. */
export type Authorization = z.infer<typeof authorizationSchema>

/** What a provider vouches for. */
export interface ProviderIdentity {
  readonly issuer: string
  readonly subject: string
  readonly email: string | null
  readonly emailVerified: boolean
  readonly name: string | null
  /** Why the provider says no more of the person than its token does; null where it was asked all there is. */
  readonly unanswered: ProviderFailure['refusal'] | null
}

/** The provider's address to send the browser to: authorization code with PKCE, state and nonce. */
export async function beginAuthorization(
  deps: ChallengeDeps,
  provider: Provider,
  origin: string,
  about: Omit<Authorization, 'provider' | 'codeVerifier' | 'nonce'> & { readonly userId: string | null },
): Promise<Result<URL, 'provider-unavailable' | 'provider-failed'>> {
  let configuration: client.Configuration
  try {
    configuration = await provider.discover()
  } catch (error) {
    // Nobody was there yet to be turned down.
    return err(
      provider.report('discovery', error) === 'provider-unavailable' ? 'provider-unavailable' : 'provider-failed',
    )
  }
  const { userId, ...remembered } = about
  const codeVerifier = client.randomPKCECodeVerifier()
  const nonce = client.randomNonce()
  const content: Authorization = { ...remembered, provider: provider.settings.id, codeVerifier, nonce }
  const state = await issueChallenge(deps, { purpose: 'oidc-sign-in', userId, content, lifeMs: LIFE_MS })
  return ok(
    client.buildAuthorizationUrl(configuration, {
      redirect_uri: callbackUrl(origin, provider.settings.id),
      scope: provider.settings.scopes.join(' '),
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    }),
  )
}

/** What was remembered of a sign-in, once. Undefined when it is over, was used, or was begun with another provider. */
export async function takeAuthorization(
  deps: ChallengeDeps,
  providerId: string,
  state: string,
): Promise<{ readonly userId: string | null; readonly content: Authorization } | undefined> {
  const taken = await takeChallenge(deps, 'oidc-sign-in', state, authorizationSchema)
  return taken?.content.provider === providerId ? taken : undefined
}

/**
 * Exchanges the code a provider sent the browser back with, and checks the ID token: issuer, audience, signature,
 * nonce and times. `query` is the callback's, as it came.
 */
export async function finishAuthorization(
  provider: Provider,
  origin: string,
  { state, query, codeVerifier, nonce }: { state: string; query: string; codeVerifier: string; nonce: string },
): Promise<Result<ProviderIdentity, ProviderFailure['refusal']>> {
  try {
    const configuration = await provider.discover()
    const current = new URL(callbackUrl(origin, provider.settings.id))
    current.search = query
    const tokens = await client.authorizationCodeGrant(configuration, current, {
      pkceCodeVerifier: codeVerifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (claims === undefined) return err('provider-refused')
    const isWhole = claims.email !== undefined && claims.email_verified !== undefined
    const asked =
      isWhole || configuration.serverMetadata().userinfo_endpoint === undefined
        ? ok({})
        : await askUserinfo(provider, configuration, tokens.access_token, claims.sub)
    return ok({
      issuer: claims.iss,
      subject: claims.sub,
      ...profileFrom(claims, asked.ok ? asked.value : {}),
      unanswered: asked.ok ? null : asked.error,
    })
  } catch (error) {
    return err(provider.report('sign-in', error))
  }
}

type Claims = Readonly<Record<string, unknown>>

/** More about the person. Who it is the token has said: a provider that does not answer keeps nobody out whom we know. */
async function askUserinfo(
  provider: Provider,
  configuration: client.Configuration,
  accessToken: string,
  subject: string,
): Promise<Result<Claims, ProviderFailure['refusal']>> {
  try {
    return ok(await client.fetchUserInfo(configuration, accessToken, subject))
  } catch (error) {
    return err(provider.report('userinfo', error))
  }
}

/** What the token and the answer at userinfo say together; `email_verified` is about the address that it came with. */
function profileFrom(token: Claims, userinfo: Claims): Pick<ProviderIdentity, 'email' | 'emailVerified' | 'name'> {
  const email = userinfo.email ?? token.email
  const verified = userinfo.email_verified ?? (email === token.email ? token.email_verified : undefined)
  const name = userinfo.name ?? token.name
  return {
    email: typeof email === 'string' ? email : null,
    // Some providers write booleans as text; nothing but true is true.
    emailVerified: verified === true,
    name: typeof name === 'string' ? name : null,
  }
}

/** Where a provider sends the browser back to: one address each, so that none can pass for another (RFC 9700, 4.4). */
function callbackUrl(origin: string, providerId: string): string {
  return `${origin}/api/v1/auth/oidc/${providerId}/callback`
}
