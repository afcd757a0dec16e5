import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Database, openQueries } from '../db/tables.ts'
import { type Jobs, startJobs } from '../jobs/start-jobs.ts'
import { createLogger } from '../logging.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { startMailServer, type TestMailServer } from '../testing/mail-server.ts'
import { openPostOffice, type PostOffice } from './post-office.ts'
import { createSmtpTransport, type MailTransport } from './smtp-transport.ts'

const logger = createLogger('silent')
const mail = { to: 'ana@example.org', subject: 'Größe: naïve', text: 'Your code is 123456.\n\nשלום\n' }

let database: TestDatabase
let mailServer: TestMailServer
let transport: MailTransport
let jobs: Jobs
let db: Database
let office: PostOffice

beforeEach(async () => {
  database = await createTestDatabase()
  mailServer = await startMailServer()
  transport = createSmtpTransport({ url: mailServer.url, from: 'Questlog <quests@example.org>' })
  jobs = await startJobs({ pool: database.pool, logger })
  db = openQueries(database.pool)
  office = await openPostOffice(jobs, transport)
})

afterEach(async () => {
  await jobs.stop()
  transport.close()
  await mailServer.stop()
  await database.drop()
})

test('a posted mail reaches the mailbox as it was written', async () => {
  await db.transaction().execute((transaction) => office.post(transaction, mail))
  const received = await mailServer.next(mail.to)
  expect({ to: received.to, subject: received.subject, text: received.text }).toEqual(mail)
  expect(received.from).toBe('quests@example.org')
  expect(received.headers.get('auto-submitted')).toBe('auto-generated')
})

test('a mail whose transaction is undone is never sent', async () => {
  const undone = db.transaction().execute(async (transaction) => {
    await office.post(transaction, { ...mail, subject: 'undone' })
    throw new Error('changed my mind')
  })
  await expect(undone).rejects.toThrow('changed my mind')
  await db.transaction().execute((transaction) => office.post(transaction, { ...mail, subject: 'kept' }))
  await mailServer.next(mail.to)
  expect(mailServer.received.map((received) => received.subject)).toEqual(['kept'])
})

test('a mail waits while the mail server is away, and is delivered once', async () => {
  mailServer.isAway = true
  await db.transaction().execute((transaction) => office.post(transaction, mail))
  await expect.poll(() => mailServer.refused).toBeGreaterThan(0)
  mailServer.isAway = false
  expect((await mailServer.next(mail.to)).subject).toBe(mail.subject)
  expect(mailServer.received).toHaveLength(1)
})

test('a mail posted before a restart is sent after it', async () => {
  await jobs.stop()
  mailServer.isAway = true
  const before = await startJobs({ pool: database.pool, logger })
  const stopping = await openPostOffice(before, transport)
  await db.transaction().execute((transaction) => stopping.post(transaction, mail))
  await before.stop()
  mailServer.isAway = false
  expect(mailServer.received).toEqual([])
  jobs = await startJobs({ pool: database.pool, logger })
  await openPostOffice(jobs, transport)
  expect((await mailServer.next(mail.to)).subject).toBe(mail.subject)
})

test('line breaks in a subject or an address make no headers and no recipients', async () => {
  const subject = 'Hello\r\nBcc: eve@example.org'
  await db.transaction().execute((transaction) => office.post(transaction, { ...mail, subject }))
  const received = await mailServer.next(mail.to)
  expect(received.headers.has('bcc')).toBe(false)
  expect(received.subject).toBe('Hello Bcc: eve@example.org')
})
