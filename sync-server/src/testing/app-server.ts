import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { startServer } from '../compose/start-server.ts'
import { startEmbeddedDatabase } from '../embedded-database/start-embedded-database.ts'
import { createLogger } from '../process/logging.ts'
import { mailSettings, startMailServer, type TestMailServer } from './mail-server.ts'
import { openOwnServers } from './own-servers.ts'
import { plainHashing, testConfig } from './server-settings.ts'

// A program of its own: a whole server with a real database and mailbox, until whoever started it lets it go.
const dataDir = mkdtempSync(join(tmpdir(), 'questlog-app-server-'))
const database = await startEmbeddedDatabase({
  dataDir,
  logger: pino({ level: 'silent' }),
  settings: { fsync: 'off', autovacuum: 'off' },
})
const mail = await startMailServer()
const platform = { now: Date.now, monotonicMs: () => performance.now(), hashing: plainHashing }
const server = await startServer(testConfig({ DATABASE_URL: database.url, ...mailSettings(mail) }), {
  ...platform,
  logger: createLogger('error', { write: (line) => void process.stderr.write(line) }),
})
// What these complain of is what tests do to them.
const ownServers = await openOwnServers(database.url, (environment) =>
  startServer(testConfig(environment), { ...platform, logger: pino({ level: 'silent' }) }),
)
process.send?.({
  url: `http://127.0.0.1:${server.port}`,
  mailboxUrl: await openMailbox(mail),
  ownServersUrl: ownServers.url,
})
await once(process, 'disconnect')
await Promise.all([server.stop(), ownServers.stop()])
await database.stop()
rmSync(dataDir, { recursive: true, force: true })
process.exit()

async function openMailbox(mailServer: TestMailServer): Promise<string> {
  const mailbox = createServer(async (request, response) => {
    const to = new URL(request.url ?? '', 'http://mailbox').searchParams.get('to') ?? ''
    response.end((await mailServer.next(to)).text)
  })
  await new Promise<void>((resolve) => mailbox.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(mailbox.address() as AddressInfo).port}/`
}
