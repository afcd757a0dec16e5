import type { FastifyRequest } from 'fastify'
import type { Database } from '../../db/tables.ts'
import { ownOrigin } from './own-origin.ts'

/** Whom a passkey is for: the host it is bound to, and the only origin that may use it. */
export interface RelyingParty {
  readonly id: string
  readonly origin: string
}

/** The relying party of a request; null where there can be none: browsers know no passkeys for bare addresses. */
export function relyingPartyOf(request: FastifyRequest, publicUrl: string | undefined): RelyingParty | null {
  const origin = ownOrigin(request, publicUrl)
  return origin === null ? null : relyingPartyAt(origin)
}

/** The host that this server's passkeys are bound to: the configured one, else this machine; null where there can be none. */
export function ownRelyingPartyId(publicUrl: string | undefined): string | null {
  return relyingPartyAt(publicUrl ?? 'http://localhost')?.id ?? null
}

/**
 * Writes down which host the passkeys are bound to that were made before it was kept: the one this server has when it
 * first starts with this program. From then on a server that moves knows its old ones.
 */
export async function nameRelyingParty(db: Database, publicUrl: string | undefined): Promise<void> {
  const id = ownRelyingPartyId(publicUrl)
  if (id !== null) await db.updateTable('passkeys').set({ rp_id: id }).where('rp_id', 'is', null).execute()
}

/** Whether a passkey signs in on a server with this host: browsers show none that is bound to another. */
export function worksAt(relyingPartyId: string | null, { rp_id }: { readonly rp_id: string | null }): boolean {
  return relyingPartyId !== null && (rp_id ?? relyingPartyId) === relyingPartyId
}

function relyingPartyAt(origin: string): RelyingParty | null {
  const { hostname, protocol } = new URL(origin)
  const isSecure = protocol === 'https:' || hostname === 'localhost'
  return isSecure && !/^\[|^[\d.]+$/.test(hostname) ? { id: hostname, origin } : null
}
