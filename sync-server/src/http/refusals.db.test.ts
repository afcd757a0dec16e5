import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { problemSchema } from '@questlog/shared/protocol/problem'
import { base64url, decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
let token: string
beforeAll(async () => {
  server = await startTestServer({ MAX_BODY_BYTES: '4096' })
  const body = { email: 'ana@example.org', password: 'correct horse', displayName: 'Ana' }
  token = sessionResponseSchema.parse(await (await server.post('/api/v1/auth/register', body)).json()).accessToken
})
afterAll(() => server.stop())

async function refusal(response: Response) {
  const { code, errors } = problemSchema.parse(await response.json())
  return { code, ...(errors && { errors }) }
}

function create(body: string | Uint8Array, contentType = 'application/json') {
  const headers = { 'content-type': contentType, authorization: `Bearer ${token}` }
  return fetch(`${server.url}/api/v1/workspaces`, { method: 'POST', headers, body })
}

test.each([
  ['a name that is there twice', '{"name":"x","kind":"party","name":"y"}', 'name', 'is there twice'],
  ['a name that reaches for the prototype', '{"__proto__":{}}', '__proto__', 'is not a name that can be used'],
  ['half of a surrogate pair', '{"name":"\\ud800"}', 'name', 'holds half of a surrogate pair'],
  ['U+0000', '{"name":"a\\u0000b"}', 'name', 'holds the character U+0000'],
  ['deep nesting', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, '', 'is nested deeper than 32'],
  ['no option of a field', '{"name":"x","kind":"guild"}', 'kind', 'must be one of personal, party'],
  ['an unknown field', '{"name":"x","kind":"party","colour":"red"}', 'colour', 'is not a known field'],
])('%s in a body is refused with its path', async (_, body, path, message) => {
  expect(await refusal(await create(body))).toEqual({ code: 'invalid-request', errors: [{ path, message }] })
})

test('a parameter that is not known is refused, also where a route knows none', async () => {
  const errors = [{ path: 'query.colour', message: 'is not a known field' }]
  for (const path of ['/api/v1/workspaces?colour=red', '/api/v1/quests?colour=red']) {
    expect(await refusal(await server.get(path, token))).toEqual({ code: 'invalid-request', errors })
  }
})

test('a body is JSON in UTF-8 by its bytes and by its type', async () => {
  const latin = Uint8Array.from([...Buffer.from('{"name":"'), 0xfc, ...Buffer.from('","kind":"party"}')])
  const errors = [{ path: '', message: 'is not UTF-8' }]
  expect(await refusal(await create(latin))).toEqual({ code: 'invalid-request', errors })
  const body = '{"name":"ü","kind":"party"}'
  expect(await refusal(await create(body, 'application/json; charset=latin1'))).toEqual({
    code: 'unsupported-media-type',
  })
  expect(await refusal(await create(body, 'application/xml'))).toEqual({ code: 'unsupported-media-type' })
  expect((await create(body, 'application/json; charset=UTF-8')).status).toBe(201)
  expect(await refusal(await create(`{"name":"${'x'.repeat(5_000)}"}`))).toEqual({ code: 'too-large' })
})

test('an address with U+0000 is refused, and one with line breaks plants no header', async () => {
  expect(await refusal(await server.get('/api/v1/workspaces/%00'))).toMatchObject({ code: 'invalid-request' })
  const redirect = await server.get('/api/x%0d%0aset-cookie:%20planted=1')
  expect([redirect.status, redirect.headers.get('location'), redirect.headers.get('set-cookie')]).toEqual([
    308,
    '/api/v1/x%0d%0aset-cookie:%20planted=1',
    null,
  ])
})

test('a header with a bare line break never reaches a route', async () => {
  const { hostname, port } = new URL(server.url)
  const client = connect({ host: hostname, port: Number(port) })
  let answer = ''
  client.on('data', (chunk) => {
    answer += chunk
  })
  client.write(
    'GET /api/v1/auth/keys HTTP/1.1\r\nhost: x\r\nx-a: b\rset-cookie: planted=1\r\nconnection: close\r\n\r\n',
  )
  await once(client, 'close')
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
})

test('a token is worth something only as this server signed it, and until it ends', async () => {
  const { kid } = decodeProtectedHeader(token)
  const claims = decodeJwt(token)
  const { keys } = (await (await server.get('/api/v1/auth/keys')).json()) as { keys: { kid: string; x: string }[] }
  const published = keys.find((key) => key.kid === kid)
  const raw = base64url.decode(published?.x ?? '')
  const pem = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: published?.x ?? '' }, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString()
  const [head = '', body = '', signature = ''] = token.split('.')
  const json = (value: unknown) => base64url.encode(JSON.stringify(value))
  const signed = (alg: string, key: Uint8Array | KeyObject, header: object = {}) =>
    new SignJWT(claims).setProtectedHeader({ alg, typ: 'at+jwt', kid: String(kid), ...header }).sign(key)
  const foreign = createPrivateKey(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const tokens = {
    'no algorithm': `${json({ alg: 'none', typ: 'at+jwt', kid })}.${body}.`,
    'no algorithm, the signature kept': `${json({ alg: 'none', typ: 'at+jwt', kid })}.${body}.${signature}`,
    'the public key as a shared secret': await signed('HS256', raw),
    'the public key as a shared secret, as PEM': await signed('HS256', Buffer.from(pem)),
    'another key': await signed('EdDSA', foreign),
    'another key that it brings along': await signed('EdDSA', foreign, {
      jwk: createPublicKey(foreign).export({ format: 'jwk' }),
    }),
    'a key of nobody': await signed('EdDSA', foreign, { kid: 'nobody' }),
    'other claims': `${head}.${json({ ...claims, sub: 'somebody' })}.${signature}`,
    'no signature': `${head}.${body}.`,
  }
  const outcomes: Record<string, unknown> = {}
  for (const [name, forged] of Object.entries(tokens)) {
    outcomes[name] = (await refusal(await server.get('/api/v1/workspaces', forged))).code
  }
  expect(outcomes).toEqual(Object.fromEntries(Object.keys(tokens).map((name) => [name, 'signed-out'])))

  expect((await server.get('/api/v1/workspaces', token)).status).toBe(200)
  server.clock.now += 15 * 60_000
  const late = await server.get('/api/v1/workspaces', token)
  expect([late.headers.get('www-authenticate'), await refusal(late)]).toEqual(['Bearer', { code: 'signed-out' }])
})

test('an account is not made twice, and nobody is told more', async () => {
  const body = { email: 'ana@example.org', password: 'another horse', displayName: 'Ana' }
  expect(await refusal(await server.post('/api/v1/auth/register', body))).toEqual({ code: 'registration-refused' })
})

test('what nobody expected is told without its cause', async () => {
  const fresh = await server.post('/api/v1/auth/login', { email: 'ana@example.org', password: 'correct horse' })
  const { accessToken } = sessionResponseSchema.parse(await fresh.json())
  const ask = async () => (await server.get('/api/v1/workspaces', accessToken)).text()
  await server.database.pool.query('alter table memberships rename to gone')
  const unexpected = await ask()
  await server.database.pool.query('alter table gone rename to memberships')
  expect(problemSchema.parse(JSON.parse(unexpected)).code).toBe('internal')
  expect(unexpected).not.toMatch(/memberships|relation|select/i)
  const outage = await server.database.refuseConnections()
  const away = await ask()
  await outage.end()
  expect(problemSchema.parse(JSON.parse(away)).code).toBe('unavailable')
})
