import { afterEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
afterEach(() => server.stop())

async function statuses(route: string, forwarded: readonly string[]): Promise<number[]> {
  const answers: number[] = []
  for (const addresses of forwarded) {
    const response = await server.post(`/api/v1/auth/${route}`, undefined, { 'x-forwarded-for': addresses })
    answers.push(response.status)
  }
  return answers
}

test('each account route takes so many requests from one address, and addresses a client makes up do not help', async () => {
  server = await startTestServer({ AUTH_REQUESTS_PER_MINUTE: '2', TRUST_PROXY: '1' })
  const spoofed = ['1.1.1.1, 192.0.2.7', '2.2.2.2, 192.0.2.7', '3.3.3.3, 192.0.2.7']
  for (const route of ['register', 'login', 'refresh', 'logout']) {
    expect((await statuses(route, spoofed)).map((status) => status === 429)).toEqual([false, false, true])
    expect((await statuses(route, ['192.0.2.8']))[0]).not.toBe(429)
  }
})

test('without a trusted proxy nobody is believed about an address', async () => {
  server = await startTestServer({ AUTH_REQUESTS_PER_MINUTE: '2' })
  expect(await statuses('refresh', ['1.1.1.1', '2.2.2.2', '3.3.3.3'])).toEqual([401, 401, 429])
})

test('who guesses at an account from elsewhere does not lock its owner out', async () => {
  server = await startTestServer({ LOGIN_ATTEMPTS_PER_MINUTE: '1', TRUST_PROXY: '1' })
  const body = { email: 'ana@example.org', password: 'wrong horse' }
  const attempt = async (address: string) =>
    (await server.post('/api/v1/auth/login', body, { 'x-forwarded-for': address })).status
  expect([await attempt('192.0.2.7'), await attempt('192.0.2.7'), await attempt('192.0.2.8')]).toEqual([401, 429, 401])
})

test('an address that asked too often is told to wait a minute at most', async () => {
  server = await startTestServer({ AUTH_REQUESTS_PER_MINUTE: '1' })
  await server.post('/api/v1/auth/refresh')
  const limited = await server.post('/api/v1/auth/refresh')
  const waitSeconds = Number(limited.headers.get('retry-after'))
  expect([limited.status, waitSeconds > 0 && waitSeconds <= 60]).toEqual([429, true])
})
