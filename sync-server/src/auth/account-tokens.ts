import { hash, randomBytes } from 'node:crypto'
import type { TokenPurpose } from '../db/tables/account-mail.ts'
import type { Database } from '../db/tables.ts'

const HOUR_MS = 3_600_000
const lifeMs: Readonly<Record<TokenPurpose, number>> = {
  'verify-email': 24 * HOUR_MS,
  'change-email': 24 * HOUR_MS,
  'reset-password': HOUR_MS,
}

/** What a token that was sent by mail says of who sends it back. */
export interface ProvenAddress {
  readonly userId: string
  readonly purpose: TokenPurpose
  readonly email: string
}

/** Makes a token of 256 random bits; the database knows its hash only. */
export async function issueToken(
  deps: { readonly db: Database; readonly now: () => number },
  about: ProvenAddress,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await deps.db
    .insertInto('account_tokens')
    .values({
      hash: hashOf(token),
      user_id: about.userId,
      purpose: about.purpose,
      email: about.email,
      created_at: new Date(deps.now()),
      expires_at: new Date(deps.now() + lifeMs[about.purpose]),
    })
    .execute()
  return token
}

/**
 * Uses a token up, with every other one of its user and purpose; null for one that was used, is too old, was never
 * issued or is for something else.
 */
export async function redeemToken(
  transaction: Database,
  now: number,
  token: string,
  purposes: readonly TokenPurpose[],
): Promise<ProvenAddress | null> {
  const used = await transaction
    .deleteFrom('account_tokens')
    .where('hash', '=', hashOf(token))
    .where('purpose', 'in', purposes)
    .returning(['user_id', 'purpose', 'email', 'expires_at'])
    .executeTakeFirst()
  if (used === undefined || used.expires_at.getTime() <= now) return null
  await withdrawTokens(transaction, used.user_id, [used.purpose])
  return { userId: used.user_id, purpose: used.purpose, email: used.email }
}

/** Makes a user's tokens for some purposes worthless. */
export async function withdrawTokens(
  transaction: Database,
  userId: string,
  purposes: readonly TokenPurpose[],
): Promise<void> {
  await transaction
    .deleteFrom('account_tokens')
    .where('user_id', '=', userId)
    .where('purpose', 'in', purposes)
    .execute()
}

/** Makes a token worthless that could not be sent. */
export async function withdrawToken(db: Database, token: string): Promise<void> {
  await db.deleteFrom('account_tokens').where('hash', '=', hashOf(token)).execute()
}

/** How many tokens for a purpose a user was sent within the last hour and has not used. */
export async function countRecentTokens(
  deps: { readonly db: Database; readonly now: () => number },
  userId: string,
  purpose: TokenPurpose,
): Promise<number> {
  const rows = await deps.db
    .selectFrom('account_tokens')
    .select('hash')
    .where('user_id', '=', userId)
    .where('purpose', '=', purpose)
    .where('created_at', '>', new Date(deps.now() - HOUR_MS))
    // What is dated further ahead was sent before the clock was set back.
    .where('created_at', '<', new Date(deps.now() + HOUR_MS))
    .execute()
  return rows.length
}

/** Removes tokens that are too old. */
export async function forgetExpiredTokens(deps: { readonly db: Database; readonly now: () => number }): Promise<void> {
  await deps.db.deleteFrom('account_tokens').where('expires_at', '<', new Date(deps.now())).execute()
}

function hashOf(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}
