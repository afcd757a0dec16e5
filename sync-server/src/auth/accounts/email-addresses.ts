import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { recordSecurityEvent } from '../../audit/security-events.ts'
import type { Database } from '../../db/tables.ts'
import type { AccountMail } from '../account-mail.ts'
import { redeemToken, withdrawTokens } from '../account-tokens.ts'
import { readEmail } from '../email-spelling.ts'
import type { RequestOrigin } from '../request-origin.ts'

export interface EmailDeps {
  readonly db: Database
  readonly now: () => number
  readonly mail: AccountMail
}

/** Mails the signed-in person a new link; nothing is sent for an address that is verified. */
export async function resendVerification(deps: EmailDeps, userId: string, origin: RequestOrigin): Promise<void> {
  await deps.db.transaction().execute(async (transaction) => {
    const user = await transaction
      .selectFrom('users')
      .select(['email', 'email_verified_at'])
      .where('id', '=', userId)
      .executeTakeFirst()
    if (user === undefined || user.email_verified_at !== null) return
    await deps.mail.order(transaction, { kind: 'confirm-address', to: user.email, userId, locale: origin.locale })
  })
}

/**
 * Mails a link to the address a person wants for their account; it is theirs when the link is used. An address that is
 * taken gets a mail too, to its owner: the answer and the work are the same.
 */
export async function askForEmail(
  deps: EmailDeps,
  userId: string,
  typed: string,
  origin: RequestOrigin,
): Promise<Result<void, 'email-malformed'>> {
  const email = readEmail(typed)
  if (email === null) return err('email-malformed')
  await deps.db.transaction().execute(async (transaction) => {
    const owner = await transaction.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst()
    const isTaken = owner !== undefined && owner.id !== userId
    await deps.mail.order(transaction, {
      kind: isTaken ? 'address-in-use' : 'confirm-new-address',
      to: email,
      userId,
      locale: origin.locale,
    })
  })
  return ok(undefined)
}

/** Uses the link of a mail: the address is verified and, where a new one was asked for, becomes the account's. */
export async function verifyEmail(
  deps: Pick<EmailDeps, 'db' | 'now'> & { readonly mail: AccountMail | undefined },
  token: string,
  origin: RequestOrigin,
): Promise<Result<void, 'link-invalid' | 'email-taken'>> {
  const now = deps.now()
  return deps.db.transaction().execute(async (transaction): Promise<Result<void, 'link-invalid' | 'email-taken'>> => {
    const proven = await redeemToken(transaction, now, token, ['verify-email', 'change-email'])
    if (proven === null) return err('link-invalid')
    const user = await transaction
      .selectFrom('users')
      .select('email')
      .where('id', '=', proven.userId)
      .forUpdate()
      .executeTakeFirst()
    if (user === undefined || (proven.purpose === 'verify-email' && user.email !== proven.email)) {
      return err('link-invalid')
    }
    const isNew = user.email !== proven.email
    if (isNew) {
      const owner = await transaction
        .selectFrom('users')
        .select('id')
        .where('email', '=', proven.email)
        .executeTakeFirst()
      if (owner !== undefined) return err('email-taken')
    }
    await transaction
      .updateTable('users')
      .set({ email: proven.email, email_verified_at: new Date(now) })
      .where('id', '=', proven.userId)
      .execute()
    await recordSecurityEvent(transaction, {
      kind: isNew ? 'email-changed' : 'email-verified',
      at: now,
      origin: origin.event,
      userId: proven.userId,
    })
    if (isNew) {
      // Links that went to the former address prove nothing any more.
      await withdrawTokens(transaction, proven.userId, ['verify-email', 'change-email', 'reset-password'])
      await deps.mail?.order(transaction, {
        kind: 'address-changed',
        to: user.email,
        userId: proven.userId,
        locale: origin.locale,
      })
    }
    return ok(undefined)
  })
}
