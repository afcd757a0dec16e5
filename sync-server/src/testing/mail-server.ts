import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { Mail } from '../mail/mail.ts'

/** A mail as it reached the mailbox. */
export interface ReceivedMail extends Mail {
  readonly from: string
  readonly headers: ParsedMail['headers']
}

/** A real SMTP server on a free port that keeps what it takes. */
export interface TestMailServer {
  readonly url: string
  readonly received: readonly ReceivedMail[]
  /** How often a mail was turned away. */
  readonly refused: number
  /** While true, every mail is turned away for now (451). */
  isAway: boolean
  /** The next mail to an address that was not handed out before. */
  next(to: string): Promise<ReceivedMail>
  stop(): Promise<void>
}

/** Starts one. */
export async function startMailServer(): Promise<TestMailServer> {
  const received: ReceivedMail[] = []
  const handedOut = new Set<ReceivedMail>()
  const waiting = new Set<() => void>()
  const state = { isAway: false, refused: 0 }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, callback) {
      simpleParser(stream, { skipHtmlToText: true, skipTextToHtml: true }).then((mail) => {
        if (state.isAway) {
          state.refused += 1
          callback(Object.assign(new Error('try again later'), { responseCode: 451 }))
          return
        }
        received.push(receivedMail(mail))
        callback()
        for (const wake of [...waiting]) wake()
      }, callback)
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0

  async function next(to: string): Promise<ReceivedMail> {
    for (;;) {
      const mail = received.find((one) => one.to === to && !handedOut.has(one))
      if (mail !== undefined) {
        handedOut.add(mail)
        return mail
      }
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          waiting.delete(wake)
          resolve()
        }
        waiting.add(wake)
      })
    }
  }

  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    get refused() {
      return state.refused
    },
    get isAway() {
      return state.isAway
    },
    set isAway(away) {
      state.isAway = away
    },
    next,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** The environment of a server that hands its mails to this one. */
export function mailSettings(mailServer: TestMailServer): Readonly<Record<string, string>> {
  return {
    SMTP_URL: mailServer.url,
    MAIL_FROM: 'Questlog <quests@example.org>',
    PUBLIC_URL: 'http://quests.example.org',
  }
}

function receivedMail(mail: ParsedMail): ReceivedMail {
  return {
    to: addresses(mail.to),
    from: addresses(mail.from),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    headers: mail.headers,
  }
}

function addresses(field: AddressObject | readonly AddressObject[] | undefined): string {
  const lists = field === undefined ? [] : 'value' in field ? [field] : field
  return lists.flatMap((list) => list.value.map((one) => one.address ?? '')).join(', ')
}
