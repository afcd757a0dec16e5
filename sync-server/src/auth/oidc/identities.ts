import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { displayNameSchema } from '@questlog/shared/protocol/auth'
import type { OidcRefusal } from '@questlog/shared/protocol/sign-in-methods'
import type { Transaction } from 'kysely'
import { ulid } from 'ulidx'
import { recordSecurityEvent } from '../../audit/security-events.ts'
import type { Database, Tables } from '../../db/tables.ts'
import { createPersonalWorkspace } from '../../workspaces/personal-workspace.ts'
import { readEmail } from '../email-spelling.ts'
import type { RequestOrigin } from '../request-origin.ts'
import { recordAndTell, type TellOwnerDeps } from '../tell-owner.ts'
import type { ChallengeDeps } from '../ways-in/challenges.ts'
import { isLastWayIn, type WaysInDeps } from '../ways-in/remaining-methods.ts'
import type { ProviderIdentity } from './authorization.ts'

export interface IdentityDeps extends ChallengeDeps, TellOwnerDeps {
  readonly registration: 'open' | 'closed'
}

/** An identity and the provider, by its configured id, that vouches for it. */
export interface Vouched {
  readonly provider: string
  readonly identity: ProviderIdentity
}

/**
 * Whose account an identity signs in to: the one it is linked to; else the one with its e-mail, where both the provider
 * and this server have verified the address; else a new one. An account whose own address was never verified may be
 * somebody else's trap, so its person must sign in and link.
 */
export async function accountOfIdentity(
  deps: IdentityDeps,
  vouched: Vouched,
  origin: RequestOrigin,
): Promise<Result<string, OidcRefusal>> {
  const { identity } = vouched
  const linked = await findIdentity(deps.db, identity)
  if (linked !== undefined) return ok(linked)
  const email = identity.email === null ? null : readEmail(identity.email)
  if (email === null || !identity.emailVerified) return err(identity.unanswered ?? 'email-unverified')
  return deps.db.transaction().execute(async (transaction) => {
    const existing = await transaction
      .selectFrom('users')
      .select(['id', 'email_verified_at'])
      .where('email', '=', email)
      .forUpdate()
      .executeTakeFirst()
    if (existing !== undefined && existing.email_verified_at === null) return err('link-required')
    if (existing === undefined && deps.registration === 'closed') return err('registration-closed')
    const userId = existing?.id ?? (await createAccount({ ...deps, db: transaction }, email, identity.name, origin))
    return userId === null ? err('link-required') : insertIdentity(deps, transaction, userId, vouched, origin)
  })
}

/** Links an identity to an account whose person is signed in. */
export async function linkIdentity(
  deps: ChallengeDeps & TellOwnerDeps,
  userId: string,
  vouched: Vouched,
  origin: RequestOrigin,
): Promise<Result<string, OidcRefusal>> {
  const linked = await findIdentity(deps.db, vouched.identity)
  if (linked === userId) return ok(userId)
  if (linked !== undefined) return err('identity-taken')
  return deps.db.transaction().execute((transaction) => insertIdentity(deps, transaction, userId, vouched, origin))
}

/** Takes a provider's link away, unless nothing would be left to sign in with. */
export async function unlinkIdentity(
  deps: ChallengeDeps & TellOwnerDeps & WaysInDeps,
  { userId, provider }: { readonly userId: string; readonly provider: string },
  origin: RequestOrigin,
): Promise<Result<void, 'not-found' | 'last-sign-in-method'>> {
  return deps.db.transaction().execute(async (transaction) => {
    const isLast = await isLastWayIn(transaction, deps, userId, { kind: 'identity', provider })
    const linked = transaction.selectFrom('identities').where('user_id', '=', userId).where('provider', '=', provider)
    if ((await linked.select('subject').executeTakeFirst()) === undefined) return err('not-found')
    if (isLast) return err('last-sign-in-method')
    await transaction.deleteFrom('identities').where('user_id', '=', userId).where('provider', '=', provider).execute()
    await recordAndTell(deps, transaction, { kind: 'identity-unlinked', origin, userId, details: { provider } })
    return ok(undefined)
  })
}

async function findIdentity(db: Database, { issuer, subject }: ProviderIdentity): Promise<string | undefined> {
  const row = await db
    .selectFrom('identities')
    .select('user_id')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row?.user_id
}

async function insertIdentity(
  deps: TellOwnerDeps,
  transaction: Transaction<Tables>,
  userId: string,
  { provider, identity }: Vouched,
  origin: RequestOrigin,
): Promise<Result<string, 'identity-taken' | 'already-linked'>> {
  const { issuer, subject, email } = identity
  const inserted = await transaction
    .insertInto('identities')
    .values({ issuer, subject, provider, user_id: userId, email, created_at: new Date(deps.now()) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 0n) {
    // The same sign-in may have finished in another tab meanwhile.
    const owner = await findIdentity(transaction, identity)
    if (owner === userId) return ok(userId)
    return err(owner === undefined ? 'already-linked' : 'identity-taken')
  }
  await recordAndTell(deps, transaction, { kind: 'identity-linked', origin, userId, details: { provider } })
  return ok(userId)
}

/** An account without a password, whose address the provider verified; null when the address was taken meanwhile. */
async function createAccount(
  { db, now }: ChallengeDeps,
  email: string,
  name: string | null,
  origin: RequestOrigin,
): Promise<string | null> {
  const id = ulid(now())
  const at = new Date(now())
  const displayName = displayNameSchema.safeParse(name).data ?? email.slice(0, email.indexOf('@')).slice(0, 100)
  const inserted = await db
    .insertInto('users')
    .values({ id, email, display_name: displayName, password_hash: null, created_at: at, email_verified_at: at })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows !== 1n) return null
  await createPersonalWorkspace(db, { user: { id, displayName }, id: undefined, now: now() })
  await recordSecurityEvent(db, { kind: 'registered', at: now(), origin: origin.event, userId: id })
  return id
}
