import { type AccountMail, openAccountMail } from '../auth/account-mail.ts'
import type { Config } from '../config/config.ts'
import type { Database } from '../db/tables.ts'
import type { Jobs } from '../jobs/start-jobs.ts'
import { openPostOffice, type PostOffice } from '../mail/post-office.ts'

/** How the server writes to people. */
export interface MailService {
  readonly office: PostOffice
  readonly accounts: AccountMail
  /** The address of the app, which links begin with. */
  readonly home: string
}

/** Sends mail by way of the job queue; undefined where no mail server is configured. */
export async function openMail(
  config: Config['mail'],
  { jobs, ...deps }: { readonly jobs: Jobs; readonly db: Database; readonly now: () => number },
  stack: AsyncDisposableStack,
): Promise<MailService | undefined> {
  if (config === undefined) return undefined
  const { home } = config
  const { createSmtpTransport } = await import('../mail/smtp-transport.ts')
  const transport = createSmtpTransport(config)
  stack.defer(() => transport.close())
  const accounts = await openAccountMail(jobs, { ...deps, transport, home })
  return { office: await openPostOffice(jobs, transport), accounts, home }
}
