import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { afterEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
afterEach(() => server.stop())

async function register(): Promise<string> {
  const body = { email: `${crypto.randomUUID()}@example.org`, password: 'correct horse', displayName: 'Ana' }
  return sessionResponseSchema.parse(await (await server.post('/api/v1/auth/register', body)).json()).accessToken
}

function limitHeaders({ status, headers }: Response) {
  return [status, headers.get('ratelimit-policy'), headers.get('ratelimit'), headers.get('retry-after')]
}

test('a person has so many requests an hour on all devices, and is told what is left', async () => {
  server = await startTestServer({ RATE_LIMIT_PER_HOUR: '1000', RATE_LIMIT_BURST: '2' })
  const [ana, ben] = [await register(), await register()]
  const ask = async (token: string) => limitHeaders(await server.get('/api/v1/workspaces', token))
  const policy = '"user";q=1000;w=3600'
  expect(await ask(ana)).toEqual([200, policy, '"user";r=1;t=4', null])
  expect(await ask(ana)).toEqual([200, policy, '"user";r=0;t=8', null])
  expect(await ask(ana)).toEqual([429, policy, '"user";r=0;t=8', '4'])
  expect((await ask(ben))[0]).toBe(200)
  server.clock.elapsedMs += 3_600
  expect((await ask(ana))[0]).toBe(200)
})

test('an address from which nobody signed in calls has fewer, however many tokens it makes up', async () => {
  server = await startTestServer({ RATE_LIMIT_ANONYMOUS_PER_HOUR: '3' })
  const token = await register()
  expect((await server.get('/api/v1/workspaces', 'made.up.token')).status).toBe(401)
  expect((await server.get('/api/v1/auth/keys')).status).toBe(200)
  expect((await server.get('/api/v1/workspaces', 'made.up.too')).status).toBe(429)
  expect((await server.get('/api/v1/workspaces', token)).status).toBe(200)
  expect((await server.get('/health/live')).status).toBe(200)
})

test('pages of listed origins may use REST with credentials, others are told nothing', async () => {
  server = await startTestServer({ CORS_ORIGINS: 'https://tools.example.org' })
  const preflight = async (origin: string) => {
    const headers = { origin, 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'if-match' }
    const answer = await fetch(`${server.url}/api/v1/workspaces`, { method: 'OPTIONS', headers })
    return ['origin', 'credentials', 'methods'].map((name) => answer.headers.get(`access-control-allow-${name}`))
  }
  expect(await preflight('https://tools.example.org')).toEqual([
    'https://tools.example.org',
    'true',
    'GET, HEAD, POST, PUT, PATCH, DELETE',
  ])
  expect((await preflight('https://evil.example'))[0]).toBeNull()
  const wrong = await fetch(`${server.url}/api/v1/workspaces`, {
    method: 'PUT',
    headers: { origin: 'https://tools.example.org' },
  })
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
  expect(wrong.headers.get('access-control-allow-origin')).toBe('https://tools.example.org')
  const login = async (origin: string) =>
    (await server.post('/api/v1/auth/login', {}, { origin, 'sec-fetch-site': 'same-site' })).status
  expect([await login('https://tools.example.org'), await login('https://evil.example')]).toEqual([400, 403])
  const answer = await fetch(`${server.url}/api/v1/auth/keys`, { headers: { origin: 'https://tools.example.org' } })
  expect(answer.headers.get('access-control-expose-headers')).toContain('etag')
})

test('without configuration no page of another origin is let in', async () => {
  server = await startTestServer()
  const answer = await fetch(`${server.url}/api/v1/auth/keys`, { headers: { origin: 'https://tools.example.org' } })
  expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
})
