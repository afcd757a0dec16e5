import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { revokeAllApiKeys } from '../../api-keys/api-keys.ts'
import { recordSecurityEvent } from '../../audit/security-events.ts'
import type { Database } from '../../db/tables.ts'
import type { AccountMail } from '../account-mail.ts'
import { redeemToken, withdrawTokens } from '../account-tokens.ts'
import { isGuessable } from '../common-passwords.ts'
import { accountSpelling } from '../email-spelling.ts'
import { type ProofError, proveIdentity, type ReAuthenticationDeps } from '../re-authentication.ts'
import { endFamilies } from '../refresh-tokens.ts'
import type { RequestOrigin } from '../request-origin.ts'
import { forgetOtherMethods } from '../ways-in/forget-methods.ts'

export interface PasswordDeps extends ReAuthenticationDeps {
  readonly mail: AccountMail | undefined
  readonly onFamilyEnded: (familyId: string) => void
}

/**
 * Has a link mailed with which a new password can be chosen. Whether the address has an account is looked up when the
 * mail is written, so neither the answer nor its time tells.
 */
export async function forgotPassword(
  deps: { readonly db: Database; readonly mail: AccountMail },
  typed: string,
  origin: RequestOrigin,
): Promise<void> {
  const email = accountSpelling(typed)
  await deps.db.transaction().execute(async (transaction) => {
    const to = email ?? ''
    await deps.mail.order(transaction, { kind: 'reset-password', to, userId: null, locale: origin.locale })
  })
}

/**
 * Sets the password of whoever holds the link, signs all devices out and ends all API keys: whoever was in the account
 * is out of it. The mail arrived, so the address is verified.
 */
export async function resetPassword(
  deps: PasswordDeps,
  request: { readonly token: string; readonly password: string },
  origin: RequestOrigin,
): Promise<Result<void, 'link-invalid' | 'password-common' | 'busy'>> {
  const hashed = await deps.passwords.hash(request.password)
  if (!hashed.ok) return hashed
  const now = deps.now()
  const outcome = await deps.db
    .transaction()
    .execute(async (transaction): Promise<Result<readonly string[], 'link-invalid' | 'password-common'>> => {
      const proven = await redeemToken(transaction, now, request.token, ['reset-password'])
      if (proven === null) return err('link-invalid')
      const user = await lockUser(transaction, proven.userId)
      if (user === undefined || user.email !== proven.email) return err('link-invalid')
      if (await isGuessable(request.password, { email: user.email, displayName: user.display_name })) {
        throw new PasswordRefused()
      }
      await transaction
        .updateTable('users')
        .set({ password_hash: hashed.value, email_verified_at: user.email_verified_at ?? new Date(now) })
        .where('id', '=', proven.userId)
        .execute()
      if (user.email_verified_at === null) await forgetOtherMethods(transaction, proven.userId)
      return ok(await concludeChange(deps, transaction, { userId: proven.userId, email: user.email }, origin, 'reset'))
    })
    .catch((error: unknown) => {
      if (error instanceof PasswordRefused) return err('password-common' as const)
      throw error
    })
  if (!outcome.ok) return outcome
  for (const familyId of outcome.value) deps.onFamilyEnded(familyId)
  return ok(undefined)
}

/** Sets another password for the signed-in person, and signs their other devices out. API keys stay. */
export async function changePassword(
  deps: PasswordDeps,
  caller: { readonly userId: string; readonly familyId: string },
  request: { readonly currentPassword: string; readonly newPassword: string },
  origin: RequestOrigin,
): Promise<Result<void, ProofError | 'password-common'>> {
  const proof = { ...caller, password: request.currentPassword, address: origin.address }
  const proven = await proveIdentity(deps, proof)
  if (!proven.ok) return proven
  const user = await deps.db.selectFrom('users').selectAll().where('id', '=', caller.userId).executeTakeFirst()
  if (user === undefined) return err('wrong-password')
  if (await isGuessable(request.newPassword, { email: user.email, displayName: user.display_name })) {
    return err('password-common')
  }
  const hashed = await deps.passwords.hash(request.newPassword)
  if (!hashed.ok) return hashed
  const ended = await deps.db.transaction().execute(async (transaction) => {
    const changed = await transaction
      .updateTable('users')
      .set({ password_hash: hashed.value })
      .where('id', '=', caller.userId)
      // Somebody may have set another one meanwhile, by a link.
      .where('password_hash', '=', user.password_hash)
      .executeTakeFirst()
    if (changed.numUpdatedRows !== 1n) return null
    return concludeChange(deps, transaction, { ...caller, email: user.email }, origin, 'change')
  })
  if (ended === null) return err('wrong-password')
  for (const familyId of ended) deps.onFamilyEnded(familyId)
  return ok(undefined)
}

/** Undoes the use of a link whose new password was refused: the person may choose another one. */
class PasswordRefused extends Error {}

async function concludeChange(
  deps: PasswordDeps,
  transaction: Parameters<AccountMail['order']>[0],
  account: { readonly userId: string; readonly email: string; readonly familyId?: string },
  origin: RequestOrigin,
  how: 'reset' | 'change',
): Promise<readonly string[]> {
  const { userId, email, familyId = null } = account
  const now = deps.now()
  await withdrawTokens(transaction, userId, ['reset-password'])
  const ended = await endFamilies(transaction, userId, { except: familyId, by: 'password', now })
  const kind = how === 'reset' ? 'password-reset' : 'password-changed'
  await recordSecurityEvent(transaction, { kind, at: now, origin: origin.event, userId })
  if (how === 'reset') {
    for (const apiKeyId of await revokeAllApiKeys(transaction, userId)) {
      const details = { apiKeyId }
      await recordSecurityEvent(transaction, {
        kind: 'api-key-revoked',
        at: now,
        origin: origin.event,
        userId,
        details,
      })
    }
  }
  await deps.mail?.order(transaction, { kind, to: email, userId, locale: origin.locale })
  return ended
}

async function lockUser(transaction: Database, userId: string) {
  return transaction
    .selectFrom('users')
    .select(['email', 'display_name', 'email_verified_at'])
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
}
