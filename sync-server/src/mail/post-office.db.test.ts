import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Database, openQueries } from '../db/tables.ts'
import { type Jobs, startJobs } from '../jobs/start-jobs.ts'
import { retryNow } from '../jobs/testing/retry-now.ts'
import { createLogger } from '../process/logging.ts'
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
  jobs = await start()
  db = openQueries(database.pool)
  office = await openPostOffice(jobs, transport)
})

const start = (pollSeconds = 1) =>
  startJobs({ pool: database.pool, connectionString: database.url, logger, pollSeconds })

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

test('mails go out when they are committed, each as soon as the one before it has, and are not waited for', async () => {
  await jobs.stop()
  jobs = await start(3_600)
  office = await openPostOffice(jobs, transport)
  for (const subjects of [['first'], ['second', 'third', 'fourth']]) {
    await db.transaction().execute(async (transaction) => {
      for (const subject of subjects) await office.post(transaction, { ...mail, subject })
    })
    for (const subject of subjects) expect((await mailServer.next(mail.to)).subject).toBe(subject)
  }
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
  await retryNow(database.pool)
  expect((await mailServer.next(mail.to)).subject).toBe(mail.subject)
  expect(mailServer.received).toHaveLength(1)
})

test('a mail posted before a restart is sent after it', async () => {
  await db.transaction().execute(async (transaction) => {
    await office.post(transaction, mail)
    await jobs.stop()
  })
  expect(mailServer.received).toEqual([])
  jobs = await start()
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
