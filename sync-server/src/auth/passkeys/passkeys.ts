import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type { PasskeyResponse } from '@questlog/shared/protocol/sign-in-methods'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Database, Tables } from '../../db/tables.ts'
import type { RequestOrigin } from '../request-origin.ts'
import { recordAndTell, type TellOwnerDeps } from '../tell-owner.ts'
import type { ChallengeDeps } from '../ways-in/challenges.ts'
import { ownRelyingPartyId, worksAt } from '../ways-in/relying-party.ts'
import { isLastWayIn, type WaysInDeps } from '../ways-in/remaining-methods.ts'

type ListDeps = { readonly db: Database } & Pick<WaysInDeps, 'publicUrl'>

/** An account's passkeys, oldest first. */
export async function listPasskeys(deps: ListDeps, userId: string): Promise<PasskeyResponse[]> {
  const rows = await deps.db.selectFrom('passkeys').selectAll().where('user_id', '=', userId).orderBy('id').execute()
  const relyingPartyId = ownRelyingPartyId(deps.publicUrl)
  return rows.map((row) => passkeyFrom(row, relyingPartyId))
}

/** Gives a passkey another name. */
export async function renamePasskey(
  deps: ListDeps,
  { userId, passkeyId, name }: { readonly userId: string; readonly passkeyId: string; readonly name: string },
): Promise<Result<PasskeyResponse, 'not-found'>> {
  const row = await deps.db
    .updateTable('passkeys')
    .set({ name })
    .where('id', '=', passkeyId)
    .where('user_id', '=', userId)
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? err('not-found') : ok(passkeyFrom(row, ownRelyingPartyId(deps.publicUrl)))
}

/** Removes a passkey, unless nothing would be left to sign in with. */
export async function removePasskey(
  deps: ChallengeDeps & TellOwnerDeps & WaysInDeps,
  { userId, passkeyId }: { readonly userId: string; readonly passkeyId: string },
  origin: RequestOrigin,
): Promise<Result<void, 'not-found' | 'last-sign-in-method'>> {
  return deps.db.transaction().execute(async (transaction) => {
    const isLast = await isLastWayIn(transaction, deps, userId, { kind: 'passkey', id: passkeyId })
    const found = await transaction
      .selectFrom('passkeys')
      .select('id')
      .where('id', '=', passkeyId)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    if (found === undefined) return err('not-found')
    if (isLast) return err('last-sign-in-method')
    await transaction.deleteFrom('passkeys').where('id', '=', passkeyId).execute()
    await recordAndTell(deps, transaction, { kind: 'passkey-removed', origin, userId, details: { passkeyId } })
    return ok(undefined)
  })
}

/** A stored passkey as its owner sees it, on a server with this host. */
export function passkeyFrom(row: Selectable<Tables['passkeys']>, relyingPartyId: string | null): PasskeyResponse {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    backedUp: row.backed_up,
    host: row.rp_id,
    worksHere: worksAt(relyingPartyId, row),
  }
}

const clientData = z.object({ challenge: z.string() })

/** The challenge a browser says it answers; empty for what says none. The signature over it is checked later. */
export function challengeOf(clientDataJson: string): string {
  try {
    return clientData.parse(JSON.parse(Buffer.from(clientDataJson, 'base64url').toString())).challenge
  } catch {
    return ''
  }
}

/** The library that knows WebAuthn. It brings two hundred modules, so a server starts without it. */
export const loadWebAuthn = () => import('@simplewebauthn/server')
