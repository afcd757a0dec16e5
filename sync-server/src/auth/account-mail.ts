import type { Transaction } from 'kysely'
import { z } from 'zod'
import type { TokenPurpose } from '../db/tables/account-mail.ts'
import type { Database, Tables } from '../db/tables.ts'
import type { JobKind, Jobs } from '../jobs/start-jobs.ts'
import { writeLetter } from '../mail/letters/letter.ts'
import type { MailTransport } from '../mail/smtp-transport.ts'
import { countRecentTokens, issueToken, withdrawToken } from './account-tokens.ts'

const orderSchema = z.strictObject({
  kind: z.enum([
    'confirm-address',
    'confirm-new-address',
    'reset-password',
    'address-in-use',
    'password-changed',
    'password-set',
    'password-reset',
    'passkey-added',
    'passkey-removed',
    'second-factor-added',
    'second-factor-removed',
    'recovery-codes-made',
    'identity-linked',
    'identity-unlinked',
    'api-key-created',
    'address-changed',
    'farewell',
  ]),
  to: z.string(),
  /** Whose token goes with it; null looks the account up by the address. */
  userId: z.string().nullable(),
  locale: z.enum(['en', 'de']),
})

/** A mail about an account that is to be sent. */
export type MailOrder = z.infer<typeof orderSchema>

/** Writes to people about their accounts; undefined where no mail server is configured. */
export interface AccountMail {
  /**
   * Orders a mail as part of a transaction. What it takes does not depend on whether there is an account: that is looked
   * up when the mail is written, in the background.
   */
  order(transaction: Transaction<Tables>, order: MailOrder): Promise<void>
}

export interface AccountMailDeps {
  readonly db: Database
  readonly now: () => number
  readonly transport: MailTransport
  /** The address of the app, which links begin with. */
  readonly home: string
}

const mailOrder: JobKind<MailOrder> = { name: 'account-mail', payload: orderSchema }

/** Takes orders into the job queue. Tokens are made when a mail is written, so no secret waits in the queue. */
export async function openAccountMail(jobs: Jobs, deps: AccountMailDeps): Promise<AccountMail> {
  await jobs.handle(mailOrder, (order) => deliver(deps, order))
  return {
    order(transaction, order) {
      // The owner of an address hears that somebody else tries to use it, not each time.
      const isNotice = order.kind === 'address-in-use'
      return jobs.add(transaction, mailOrder, order, isNotice ? { onceAnHour: order.to } : {})
    },
  }
}

// A token goes behind the `#`, which browsers keep from servers, their logs and the Referer header.
const pages: Readonly<Record<MailOrder['kind'], { readonly path: string; readonly purpose: TokenPurpose | null }>> = {
  'confirm-address': { path: '/confirm-address', purpose: 'verify-email' },
  'confirm-new-address': { path: '/confirm-address', purpose: 'change-email' },
  'reset-password': { path: '/reset-password', purpose: 'reset-password' },
  'address-in-use': { path: '/', purpose: null },
  'password-changed': { path: '/forgot-password', purpose: null },
  'password-set': { path: '/settings/sign-in', purpose: null },
  'password-reset': { path: '/forgot-password', purpose: null },
  'passkey-added': { path: '/settings/sign-in', purpose: null },
  'passkey-removed': { path: '/settings/sign-in', purpose: null },
  'second-factor-added': { path: '/settings/sign-in', purpose: null },
  'second-factor-removed': { path: '/settings/sign-in', purpose: null },
  'recovery-codes-made': { path: '/settings/sign-in', purpose: null },
  'identity-linked': { path: '/settings/sign-in', purpose: null },
  'identity-unlinked': { path: '/settings/sign-in', purpose: null },
  'api-key-created': { path: '/settings/keys', purpose: null },
  'address-changed': { path: '/', purpose: null },
  farewell: { path: '/', purpose: null },
}

/** Nobody's mailbox is filled by somebody who asks again and again. */
const MAX_LINKS_AN_HOUR = 5

async function deliver(deps: AccountMailDeps, order: MailOrder): Promise<void> {
  const { path, purpose } = pages[order.kind]
  const { to, locale } = order
  if (purpose === null) {
    await deps.transport.send({ to, ...writeLetter(order.kind, { locale, link: deps.home + path, home: deps.home }) })
    return
  }
  const userId = await readerOf(deps.db, order)
  if (userId === null || (await countRecentTokens(deps, userId, purpose)) >= MAX_LINKS_AN_HOUR) return
  const token = await issueToken(deps, { userId, purpose, email: to })
  try {
    const link = `${deps.home}${path}#token=${token}`
    await deps.transport.send({ to, ...writeLetter(order.kind, { locale, link, home: deps.home }) })
  } catch (error) {
    await withdrawToken(deps.db, token)
    throw error
  }
}

/** Whose token the mail carries, as things stand when it is written; null where there is nothing to write any more. */
async function readerOf(db: Database, { kind, to, userId }: MailOrder): Promise<string | null> {
  let query = db.selectFrom('users').select(['id', 'email', 'email_verified_at'])
  query = userId === null ? query.where('email', '=', to) : query.where('id', '=', userId)
  const user = await query.executeTakeFirst()
  if (user === undefined) return null
  const isStale = kind === 'confirm-address' && (user.email !== to || user.email_verified_at !== null)
  return isStale ? null : user.id
}
