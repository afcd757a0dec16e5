import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../compose/start-server.ts'
import { createLogger } from '../process/logging.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { testConfig } from '../testing/server-settings.ts'

/** What runs and what waits at a time; see `passwords.ts`. */
const BOUND = 66

let database: TestDatabase
let server: RunningServer
let finish: (() => void)[]
let callers = 0
beforeEach(async () => {
  database = await createTestDatabase()
  finish = []
  const slow = <Value>(value: Value) => new Promise<Value>((resolve) => finish.push(() => resolve(value)))
  server = await startServer(testConfig({ DATABASE_URL: database.url, TRUST_PROXY: 'true' }), {
    logger: createLogger('silent'),
    now: Date.now,
    hashing: { hash: async () => 'hash', verify: () => slow(false) },
  })
})
afterEach(async () => {
  await server.stop()
  await database.drop()
})

/** From an address of its own, since few requests of one are worked on at once. */
async function status(route: string): Promise<number> {
  const body = JSON.stringify({ email: 'ana@example.org', password: 'correct horse', displayName: 'Ana' })
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': `198.51.100.${++callers}` }
  const url = `http://127.0.0.1:${server.port}/api/v1/auth/${route}`
  return (await fetch(url, { method: 'POST', headers, body })).status
}

test('a login beyond what the server can check is told to come back, not that its password is wrong', async () => {
  expect(await status('register')).toBe(201)
  const answers = new Set<number>()
  const logins = Array.from({ length: BOUND + 1 }, async () => answers.add(await status('login')))
  await Promise.race(logins)
  expect([...answers]).toEqual([503])
  expect(await status('register')).toBe(503)

  let left = BOUND
  while (left > 0) {
    const next = finish.shift()
    if (next === undefined) await new Promise((resolve) => setImmediate(resolve))
    else left -= 1
    next?.()
  }
  await Promise.all(logins)
  expect(answers).toEqual(new Set([503, 401]))
})
