import type { FastifyReply, FastifyRequest } from 'fastify'
import { HttpProblem } from '../../http/http-problem.ts'
import { addressKey } from '../../http/rate-limits/address-key.ts'
import { attemptProblem } from '../attempt-problem.ts'
import type { BrowserBinding } from '../oidc/browser-binding.ts'
import type { Provider } from '../oidc/providers.ts'
import { proveIdentity, type ReAuthenticationDeps } from '../re-authentication.ts'
import type { RefreshCookie } from '../refresh-cookie.ts'
import type { TooManyAttempts } from '../sign-in-throttle.ts'
import type { CompleteSignInDeps, SignInRefusal } from './complete-sign-in.ts'

/** What the routes of second factors, passkeys and providers share. */
export interface MethodDeps extends CompleteSignInDeps, ReAuthenticationDeps {
  readonly cookie: RefreshCookie
  readonly binding: BrowserBinding
  readonly providers: ReadonlyMap<string, Provider>
  readonly registration: 'open' | 'closed'
  readonly publicUrl: string | undefined
  readonly requestsPerMinute: number
}

/** The limit per address that every route of sign-in methods has. */
export function perAddress(deps: Pick<MethodDeps, 'requestsPerMinute'>) {
  return { rateLimit: { max: deps.requestsPerMinute, timeWindow: 60_000, keyGenerator: addressKey } }
}

/** The caller and their device; reading it on a route for API keys is a bug and throws. */
export function callersDevice(request: FastifyRequest): { readonly userId: string; readonly familyId: string } {
  const { userId, session } = request.caller
  if (session === null) throw new Error('the route is for sessions only')
  return { userId, familyId: session.familyId }
}

/** Refuses what changes the ways into an account unless its person signed in on this device a short while ago. */
export async function requireRecentSignIn(
  deps: ReAuthenticationDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ readonly userId: string; readonly familyId: string }> {
  const device = callersDevice(request)
  const proven = await proveIdentity(deps, { ...device, password: undefined, address: addressKey(request) })
  if (!proven.ok) throw attemptProblem(reply, proven.error)
  return device
}

/** The refusal of a sign-in. */
export function signInProblem(
  reply: FastifyReply,
  error: SignInRefusal | TooManyAttempts | 'wrong-code' | 'passkey-refused' | 'challenge-expired',
): HttpProblem {
  if (typeof error === 'string') return new HttpProblem(error)
  switch (error.kind) {
    case 'too-many-attempts':
      return attemptProblem(reply, error)
    case 'second-factor-required':
      return new HttpProblem(error.kind, [], { challenge: error.challenge })
    case 'account-disabled':
    case 'challenge-expired':
      return new HttpProblem(error.kind)
  }
}
