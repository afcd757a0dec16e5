import { sql } from 'kysely'
import type { Database } from '../../db/tables.ts'

export interface RemainingMethods {
  readonly password: boolean
  readonly passkeys: number
  readonly identities: number
}

/**
 * What an account can sign in with. Holds the account until the transaction ends, so that two removals at the same
 * time do not each leave the other's method.
 */
export async function lockSignInMethods(transaction: Database, userId: string): Promise<RemainingMethods> {
  const user = await transaction
    .selectFrom('users')
    .select(sql<boolean>`password_hash is not null`.as('password'))
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const count = sql<number>`count(*)::int`.as('count')
  const passkeys = await transaction
    .selectFrom('passkeys')
    .select(count)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  const identities = await transaction
    .selectFrom('identities')
    .select(count)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return { password: user.password, passkeys: passkeys?.count ?? 0, identities: identities?.count ?? 0 }
}

/** Whether one passkey or identity may go. */
export function mayRemoveOne({ password, passkeys, identities }: RemainingMethods): boolean {
  return password || passkeys + identities > 1
}
