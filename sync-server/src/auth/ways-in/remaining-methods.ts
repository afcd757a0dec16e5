import type { Database } from '../../db/tables.ts'
import { ownRelyingPartyId, worksAt } from './relying-party.ts'

export interface WaysInDeps {
  readonly publicUrl: string | undefined
  /** Those configured, by id. */
  readonly providers: { has(id: string): boolean }
}

/** One of the ways into an account that may be taken away. */
export type Removable =
  | { readonly kind: 'passkey'; readonly id: string }
  | { readonly kind: 'identity'; readonly provider: string }

/** Holds an account until the transaction ends, so that two changes of its ways in know of each other. */
export async function lockSignInMethods(
  transaction: Database,
  userId: string,
): Promise<{ readonly hasPassword: boolean }> {
  const user = await transaction
    .selectFrom('users')
    .select('password_hash')
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { hasPassword: user.password_hash !== null }
}

/**
 * Whether an account would be left without a way in. What does not work here any more, a passkey of another host or a
 * provider that nobody configured, is none, so it does not stand in for another, and may always go. Holds the account.
 */
export async function isLastWayIn(
  transaction: Database,
  deps: WaysInDeps,
  userId: string,
  removed: Removable,
): Promise<boolean> {
  const { hasPassword } = await lockSignInMethods(transaction, userId)
  if (hasPassword) return false
  const relyingPartyId = ownRelyingPartyId(deps.publicUrl)
  const passkeys = await transaction
    .selectFrom('passkeys')
    .select(['id', 'rp_id'])
    .where('user_id', '=', userId)
    .execute()
  const identities = await transaction
    .selectFrom('identities')
    .select('provider')
    .where('user_id', '=', userId)
    .execute()
  const ways = [
    ...passkeys.filter((passkey) => worksAt(relyingPartyId, passkey)).map(({ id }) => `passkey ${id}`),
    ...identities.filter(({ provider }) => deps.providers.has(provider)).map(({ provider }) => `identity ${provider}`),
  ]
  const [only] = ways
  return ways.length === 1 && only === `${removed.kind} ${removed.kind === 'passkey' ? removed.id : removed.provider}`
}
