import { once } from 'node:events'
import { connect } from 'node:net'
import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { problemSchema } from '@questlog/shared/protocol/problem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { eventually } from '../testing/server-process.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({
    MAX_BODY_BYTES: '4096',
    MAX_FRAME_BYTES: '65536',
    LOGIN_ATTEMPTS_PER_MINUTE: '3',
    ALLOWED_ORIGINS: 'https://quests.example.org',
    PUBLIC_URL: 'https://quests.example.org',
  })
})
afterAll(() => server.stop())

async function problem(response: Response) {
  const { status, code } = problemSchema.parse(await response.json())
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(response.status).toBe(status)
  return [status, code]
}

test('requests without the version are sent on with method and body kept', async () => {
  const response = await server.post('/api/auth/login?x=1', {})
  expect([response.status, response.headers.get('location')]).toEqual([308, '/api/v1/auth/login?x=1'])
})

test('what does not exist is a problem document under the API, whatever its version', async () => {
  expect(await problem(await server.get('/api/v1/nothing'))).toEqual([404, 'not-found'])
  expect(await problem(await server.get('/api/v2/nothing'))).toEqual([404, 'not-found'])
})

test.each([
  ['PUT', '/api/v1/quests', 'GET, HEAD, POST'],
  ['OPTIONS', '/api/v1/quests?text=dragon', 'GET, HEAD, POST'],
  // One path of two routes: the quest of an id, and many quests at once.
  ['PROPFIND', '/api/v1/quests/bulk', 'DELETE, GET, HEAD, PATCH, POST, PUT'],
  ['POST', '/api/v1/openapi.json', 'GET, HEAD'],
])('%s %s is told which methods there are', async (method, path, allow) => {
  const response = await fetch(server.url + path, { method })
  expect(response.headers.get('allow')).toBe(allow)
  expect(await problem(response)).toEqual([405, 'method-not-allowed'])
})

test('the methods of a path are told of the API alone, and only where the method is what is wrong', async () => {
  const ask = async (method: string, path: string) => {
    const { status, headers } = await fetch(server.url + path, { method, redirect: 'manual' })
    return [status, headers.get('allow')]
  }
  expect(await ask('HEAD', '/api/v1/auth/keys')).toEqual([200, null])
  expect(await ask('GET', `/api/v1/quests/${'x'.repeat(300)}`)).toEqual([404, null])
  expect(await ask('PUT', '/api/quests')).toEqual([308, null])
  expect(await ask('POST', '/health/live')).toEqual([404, null])
})

test.each([
  ['text that is no JSON', '{"email"', [400, 'invalid-request']],
  ['nesting that is too deep', '['.repeat(100) + ']'.repeat(100), [400, 'invalid-request']],
  ['a body that is too large', JSON.stringify({ email: 'x'.repeat(5000) }), [413, 'too-large']],
  ['no body', '', [400, 'invalid-request']],
  ['a body of another shape', '[1]', [400, 'invalid-request']],
])('%s is refused in words', async (_, body, expected) => {
  expect(await problem(await server.post('/api/v1/auth/login', body))).toEqual(expected)
})

test('what is wrong with a text that is not read as JSON is named', async () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  const errors = async (body: string) =>
    problemSchema.parse(await (await server.post('/api/v1/auth/login', body)).json()).errors
  expect(await errors(nested(33))).toEqual([{ path: '', message: 'is nested deeper than 32' }])
  expect(await errors(nested(32))).not.toEqual(await errors(nested(33)))
  expect(await errors('{')).toEqual([{ path: '', message: 'is not JSON' }])
})

test('a problem names its request, each by another id', async () => {
  const ids = new Set<string | null>()
  for (const id of ['chosen by the client', 'chosen by the client']) {
    const response = await server.post('/api/v1/nothing', {}, { 'x-request-id': id })
    ids.add(response.headers.get('x-request-id'))
    expect(problemSchema.parse(await response.json()).instance).toBe(response.headers.get('x-request-id'))
  }
  expect([ids.size, ids.has('chosen by the client')]).toEqual([2, false])
})

test('a body that is not JSON by its type is refused, so no form of another site gets through', async () => {
  const response = await server.post('/api/v1/auth/login', '{}', { 'content-type': 'text/plain' })
  expect(await problem(response)).toEqual([415, 'unsupported-media-type'])
})

test('logins to one account are slowed down, and those to others are not', async () => {
  const attempt = (email: string) => server.post('/api/v1/auth/login', { email, password: 'wrong horse' })
  const statuses: number[] = []
  for (let count = 0; count < 4; count += 1) statuses.push((await attempt('Ana@example.org')).status)
  expect(statuses).toEqual([401, 401, 401, 429])
  const limited = await attempt(' ana@EXAMPLE.org ')
  const waitSeconds = Number(limited.headers.get('retry-after'))
  expect(waitSeconds > 0 && waitSeconds <= 60).toBe(true)
  expect(await problem(limited)).toEqual([429, 'rate-limited'])
  expect((await attempt('ben@example.org')).status).toBe(401)
})

test('a registration guesses passwords no faster than a login', async () => {
  const email = 'eve@example.org'
  const guess = (password: string) => server.post('/api/v1/auth/register', { email, password, displayName: 'Eve' })
  const statuses: number[] = []
  for (const password of ['first horse', 'wrong horse', 'wrong again']) statuses.push((await guess(password)).status)
  expect(statuses).toEqual([201, 409, 409])
  expect(await problem(await guess('first horse'))).toEqual([429, 'rate-limited'])
  expect((await server.post('/api/v1/auth/login', { email, password: 'first horse' })).status).toBe(429)
})

test('a refused upgrade is closed even when the client keeps its half open', async () => {
  const { hostname, port } = new URL(server.url)
  const client = connect({ host: hostname, port: Number(port), allowHalfOpen: true })
  client.on('error', () => undefined).resume()
  client.write('GET /else HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  await once(client, 'end')
  await eventually('the server let go of it', async () => {
    client.write('x')
    return client.destroyed
  })
})

test('an address that does not decode is refused like any other wrong request', async () => {
  expect(await problem(await server.get('/%zz'))).toEqual([400, 'invalid-request'])
})

test('every answer carries the security headers of the public address', async () => {
  for (const path of ['/health/live', '/api/v1/nothing', '/api/nothing']) {
    const { headers } = await server.get(path)
    expect(headers.get('content-security-policy')).toContain('wss://quests.example.org;')
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
  }
})

test('behind https the cookie is Secure and cannot be planted by a sibling subdomain', async () => {
  const body = { email: 'cleo@example.org', password: 'correct horse', displayName: 'Cleo' }
  const [cookie = '', mark] = (await server.post('/api/v1/auth/register', body)).headers.getSetCookie()
  expect(mark).toMatch(/^__Host-questlog_device=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
  expect(cookie).toMatch(/^__Host-questlog_refresh=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
  const [pair = ''] = cookie.split(';')
  const planted = pair.replace('__Host-', '')
  expect((await server.post('/api/v1/auth/refresh', undefined, { cookie: planted })).status).toBe(401)
  expect((await server.post('/api/v1/auth/refresh', undefined, { cookie: pair })).status).toBe(200)
  const leaving = await server.post('/api/v1/auth/logout', undefined, { cookie: pair })
  expect(leaving.headers.get('set-cookie')).toMatch(/^__Host-questlog_refresh=; Max-Age=0; Path=\/; .*Secure/)
})

test('the public address is no other site, also where a proxy renames the host', async () => {
  const attempt = async (origin: string) =>
    (await server.post('/api/v1/auth/login', { email: 'dan@example.org', password: 'x' }, { origin })).status
  expect(await attempt('https://quests.example.org')).toBe(401)
  expect(await attempt('https://quests.example.org.evil.example')).toBe(403)
})

test('the published key set holds public halves only', async () => {
  for (const path of ['/api/v1/auth/keys', '/.well-known/jwks.json']) {
    const { keys } = (await (await server.get(path)).json()) as { keys: Record<string, unknown>[] }
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'crv', 'kid', 'kty', 'use', 'x']])
  }
})

test('metrics name routes by their pattern, so addresses people make up add nothing', async () => {
  await server.get('/made-up/one.txt')
  await server.get('/made-up/two.txt')
  const text = await (await server.get('/metrics')).text()
  expect(text).not.toContain('made-up')
  expect(text).toMatch(/questlog_http_request_seconds_count\{[^}]*route="none"[^}]*\} \d+/)
  expect(text).toContain('questlog_sync{kind="connections"}')
})

function upgrade(path: string, origin?: string): Promise<string> {
  const socket = new WebSocket(server.url.replace('http', 'ws') + path, origin === undefined ? {} : { origin })
  return new Promise((resolve) => {
    socket.on('open', () => {
      socket.terminate()
      resolve('open')
    })
    socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)))
    socket.on('error', () => undefined)
  })
}

test('only /sync becomes a socket, and of the origins named only', async () => {
  expect(await upgrade('/sync')).toBe('open')
  expect(await upgrade('/sync', 'https://quests.example.org')).toBe('open')
  expect(await upgrade('/sync', 'https://evil.example')).toBe('403')
  expect(await upgrade('/sync', 'https://quests.example.org.evil.example')).toBe('403')
  expect(await upgrade('/else')).toBe('404')
})

test('a frame above the size that was set closes its socket', async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync`)
  await once(socket, 'open')
  socket.send(new Uint8Array(65_537))
  expect((await once(socket, 'close'))[0]).toBe(1009)
})

test('tokens are issued in the name of the public address', async () => {
  const body = { email: 'finn@example.org', password: 'correct horse', displayName: 'Finn' }
  const { accessToken } = sessionResponseSchema.parse(await (await server.post('/api/v1/auth/register', body)).json())
  const claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString())
  expect(claims.iss).toBe('https://quests.example.org')
})

test('a server told to show no metrics shows none', async () => {
  const quiet = await startTestServer({ METRICS: 'false' })
  expect(await problem(await quiet.get('/metrics'))).toEqual([404, 'not-found'])
  await quiet.stop()
})
