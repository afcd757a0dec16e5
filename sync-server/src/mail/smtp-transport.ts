import { createTransport } from 'nodemailer'
import type { Mail } from './mail.ts'

/** Hands mails to a mail server. */
export interface MailTransport {
  /** Resolves when the mail server has taken the mail over; rejects when it has not. */
  send(mail: Mail): Promise<void>
  close(): void
}

const TIMEOUT_MS = 20_000

/**
 * A transport to an SMTP server, `smtp://user:password@host:587` (STARTTLS where offered) or `smtps://…` (TLS from the
 * start). Lines and addresses are nodemailer's to encode, so that no header can be slipped in.
 */
export function createSmtpTransport(options: { readonly url: string; readonly from: string }): MailTransport {
  const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS }
  const transport = createTransport({ url: options.url, ...timeouts }, { from: options.from })
  return {
    async send({ to, subject, text }) {
      // An address object is taken as it is; a string would be parsed, and might name several people.
      await transport.sendMail({
        to: { name: '', address: to },
        subject,
        text,
        headers: { 'auto-submitted': 'auto-generated' },
      })
    },
    close: () => transport.close(),
  }
}
