import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { expect, test } from 'vitest'
import { startServer } from '../compose/start-server.ts'
import { retryNow } from '../jobs/testing/retry-now.ts'
import { createLogger } from '../process/logging.ts'
import { createTestDatabase } from '../testing/database.ts'
import { mailSettings, startMailServer } from '../testing/mail-server.ts'
import { testConfig } from '../testing/server-settings.ts'

test('no log line holds a password, a token or an address, also when mail cannot be sent', async () => {
  const database = await createTestDatabase()
  const mailServer = await startMailServer()
  const lines: string[] = []
  const server = await startServer(testConfig({ DATABASE_URL: database.url, ...mailSettings(mailServer) }), {
    logger: createLogger('trace', { write: (line) => lines.push(line) }),
    now: Date.now,
    hashing: {
      hash: async (password) => `plain:${password}`,
      verify: async (hash, typed) => hash === `plain:${typed}`,
    },
  })
  const post = async (path: string, body: unknown, token = '') =>
    fetch(`http://127.0.0.1:${server.port}/api/v1/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    })
  const email = 'ana@example.org'
  const secrets = ['correct horse', 'another horse', 'wrong horse', 'ana@']
  const registration = { email, password: 'correct horse', displayName: 'Ana', client: 'native' }
  const session = sessionResponseSchema.parse(await (await post('register', registration)).json())
  secrets.push(session.accessToken, session.refreshToken ?? '')
  await mailServer.next(email)

  mailServer.isAway = true
  await post('password/forgot', { email })
  await expect.poll(() => lines.some((line) => line.includes('a job failed'))).toBe(true)
  mailServer.isAway = false
  await retryNow(database.pool)
  const token = /#token=([\w-]{43})/.exec((await mailServer.next(email)).text)?.[1] ?? ''
  secrets.push(token)
  await post('login', { email, password: 'wrong horse' })
  await post('password/change', { currentPassword: 'wrong horse', newPassword: 'another horse' }, session.accessToken)
  expect((await post('password/reset', { token, password: 'another horse' })).status).toBe(204)
  expect((await post('password/reset', { token, password: 'another horse' })).status).toBe(400)
  await server.stop()
  await mailServer.stop()
  await database.drop()

  expect(lines.length).toBeGreaterThan(5)
  for (const secret of secrets) expect(lines.filter((line) => line.includes(secret))).toEqual([])
})
