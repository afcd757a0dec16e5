import type { FastifyRequest } from 'fastify'
import { ownOrigin } from '../sign-in-methods/own-origin.ts'

/** Whom a passkey is for: the host it is bound to, and the only origin that may use it. */
export interface RelyingParty {
  readonly id: string
  readonly origin: string
}

/** The relying party of a request; null where there can be none: browsers know no passkeys for bare addresses. */
export function relyingPartyOf(request: FastifyRequest, publicUrl: string | undefined): RelyingParty | null {
  const origin = ownOrigin(request, publicUrl)
  if (origin === null) return null
  const { hostname, protocol } = new URL(origin)
  const isSecure = protocol === 'https:' || hostname === 'localhost'
  return isSecure && !/^\[|^[\d.]+$/.test(hostname) ? { id: hostname, origin } : null
}
