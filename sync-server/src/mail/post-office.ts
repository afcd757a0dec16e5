import type { Transaction } from 'kysely'
import type { Tables } from '../db/tables.ts'
import type { JobKind, Jobs } from '../jobs/start-jobs.ts'
import { type Mail, mailSchema } from './mail.ts'
import type { MailTransport } from './smtp-transport.ts'

/** Takes mails for delivery; undefined in a server's context where no mail server is configured. */
export interface PostOffice {
  /**
   * Posts a mail as part of a transaction: it goes out if, and only if, the transaction commits, also after a crash, and
   * is tried again while the mail server is away. The time it takes says nothing about the mail's way.
   */
  post(transaction: Transaction<Tables>, mail: Mail): Promise<void>
}

const mailJob: JobKind<Mail> = { name: 'mail', payload: mailSchema }

/** Opens the post office: mails wait in the job queue and are handed to the transport one by one. */
export async function openPostOffice(jobs: Jobs, transport: MailTransport): Promise<PostOffice> {
  await jobs.handle(mailJob, (mail) => transport.send(mail))
  return { post: (transaction, mail) => jobs.add(transaction, mailJob, mail) }
}
