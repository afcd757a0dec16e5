import type { FastifyReply, FastifyRequest } from 'fastify'
import { addressKey } from '../../http/address-key.ts'
import { attemptProblem } from '../attempt-problem.ts'
import { anonymousKey } from '../known-devices/carried-marks.ts'
import type { DeviceMarks } from '../known-devices/device-marks.ts'
import { proveIdentity, type ReAuthenticationDeps } from '../re-authentication.ts'
import type { RefreshCookie } from '../refresh-cookie.ts'
import type { TellOwnerDeps } from '../tell-owner.ts'
import type { CompleteSignInDeps } from './complete-sign-in.ts'
import type { WaysInDeps } from './remaining-methods.ts'

/** What the routes of second factors, passkeys and providers share. */
export interface MethodDeps extends CompleteSignInDeps, ReAuthenticationDeps, TellOwnerDeps, WaysInDeps {
  readonly cookie: RefreshCookie
  readonly deviceMarks: DeviceMarks
  readonly registration: 'open' | 'closed'
  /** Seals what an authenticator app shares with this server; plain without one. */
  readonly secretKey: Buffer | undefined
  readonly requestsPerMinute: number
}

/** What routes of sign-in methods have in common: a limit per address, and that their answers are not kept. */
export function perAddress(deps: Pick<MethodDeps, 'requestsPerMinute' | 'deviceMarks'>) {
  return {
    rateLimit: { max: deps.requestsPerMinute, timeWindow: 60_000, keyGenerator: anonymousKey(deps.deviceMarks) },
    idempotency: 'none' as const,
  }
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
