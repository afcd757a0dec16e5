import type { SignInMethods } from '@questlog/shared/protocol/sign-in-methods'
import { sql } from 'kysely'
import type { Database } from '../../db/tables.ts'
import type { ProviderSettings } from '../oidc/provider-settings.ts'
import { listPasskeys } from '../passkeys/passkeys.ts'
import { hasSecondFactor } from '../ways-in/has-second-factor.ts'

/** Every way an account can sign in. */
export async function listSignInMethods(
  deps: {
    readonly db: Database
    readonly providers: ReadonlyMap<string, { readonly settings: ProviderSettings }>
    readonly publicUrl: string | undefined
  },
  userId: string,
): Promise<SignInMethods> {
  const { db, providers } = deps
  const user = await db
    .selectFrom('users')
    .select([
      sql<boolean>`password_hash is not null`.as('password'),
      sql<number>`(select count(*)::int from recovery_codes where user_id = users.id)`.as('codes'),
    ])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
  const identities = await db
    .selectFrom('identities')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute()
  const totp = await hasSecondFactor(db, userId)
  return {
    password: user.password,
    totp,
    recoveryCodesLeft: totp ? user.codes : 0,
    passkeys: await listPasskeys(deps, userId),
    identities: identities.map((identity) => ({
      id: identity.provider,
      name: providers.get(identity.provider)?.settings.name ?? identity.provider,
      email: identity.email,
      linkedAt: identity.created_at.toISOString(),
      configured: providers.has(identity.provider),
    })),
  }
}
