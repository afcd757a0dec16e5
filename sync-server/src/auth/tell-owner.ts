import type { Transaction } from 'kysely'
import { recordSecurityEvent, type SecurityEvent } from '../audit/security-events.ts'
import type { Tables } from '../db/tables.ts'
import type { AccountMail, MailOrder } from './account-mail.ts'
import type { RequestOrigin } from './request-origin.ts'

export interface TellOwnerDeps {
  readonly now: () => number
  /** Undefined where the server sends no mail: then the event alone tells. */
  readonly mail: AccountMail | undefined
}

/** A change of the ways into an account; `letter` where it is not called as the event is. */
type Told = {
  readonly userId: string
  readonly origin: Pick<RequestOrigin, 'event' | 'locale'>
  readonly details?: NonNullable<SecurityEvent['details']>
} & (
  | { readonly kind: SecurityEvent['kind'] & MailOrder['kind']; readonly letter?: never }
  | { readonly kind: SecurityEvent['kind']; readonly letter: MailOrder['kind'] }
)

/**
 * Records a change of the ways into an account and writes of it to the account's address, both as part of the
 * transaction that makes it. Whoever took a session over cannot keep that from its owner.
 */
export async function recordAndTell(deps: TellOwnerDeps, transaction: Transaction<Tables>, told: Told): Promise<void> {
  const { userId, origin, details } = told
  const kind = told.letter ?? told.kind
  const event = { kind: told.kind, at: deps.now(), origin: origin.event, userId }
  await recordSecurityEvent(transaction, details === undefined ? event : { ...event, details })
  if (deps.mail === undefined) return
  const { email } = await transaction
    .selectFrom('users')
    .select('email')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
  await deps.mail.order(transaction, { kind, to: email, userId, locale: origin.locale })
}
