import { generateKeyPair, SignJWT } from 'jose'
import { beforeAll, expect, test } from 'vitest'
import { type AccessTokens, createAccessTokens } from './access-tokens.ts'
import type { SigningKey } from './signing-keys.ts'

const MINUTE = 60_000
const clock = { now: Date.parse('2026-03-01T12:00:00Z') }
let key: SigningKey
let tokens: AccessTokens

beforeAll(async () => {
  key = await makeKey('k1', clock.now)
  tokens = createAccessTokens({ now: () => clock.now, issuer: 'questlog', lifeMs: 15 * MINUTE, keys: [key] })
})

async function makeKey(kid: string, activeFromMs: number): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const { x } = await crypto.subtle.exportKey('jwk', publicKey)
  return { kid, activeFromMs, publicKey, privateKey, publicJwk: { kty: 'OKP', crv: 'Ed25519', x: x ?? '', kid } }
}

/** A token that is right in everything the callback does not change. */
function forge(header: object, claims: object = {}) {
  const issuedAt = Math.floor(clock.now / 1000)
  const all = {
    iss: 'questlog',
    aud: 'questlog',
    sub: 'ana',
    sid: 'phone',
    iat: issuedAt,
    exp: issuedAt + 60,
    ...claims,
  }
  return new SignJWT(all).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'k1', ...header })
}

test('a token says who and which device, until its time is over', async () => {
  const { token, expiresIn } = await tokens.issue({ userId: 'ana', familyId: 'phone' })
  expect(expiresIn).toBe(900)
  const expiresAtMs = clock.now + 15 * MINUTE
  expect(await tokens.verify(token)).toEqual({ ok: true, value: { userId: 'ana', familyId: 'phone', expiresAtMs } })
  clock.now += 15 * MINUTE
  expect(await tokens.verify(token)).toEqual({ ok: false, error: 'signed-out' })
  clock.now -= 15 * MINUTE
})

test('a token that was accepted once is refused with its key, and one that differs in a character at once', async () => {
  const own = createAccessTokens({ now: () => clock.now, issuer: 'questlog', lifeMs: 15 * MINUTE, keys: [key] })
  const { token } = await own.issue({ userId: 'ana', familyId: 'phone' })
  expect((await own.verify(token)).ok).toBe(true)
  expect(await own.verify(`${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.at(-1)}`)).toEqual({
    ok: false,
    error: 'signed-out',
  })
  own.useKeys([await makeKey('k2', clock.now)])
  expect(await own.verify(token)).toEqual({ ok: false, error: 'signed-out' })
})

test('the well-formed forgery that the refusals below vary is itself accepted', async () => {
  expect((await tokens.verify(await forge({}).sign(key.privateKey))).ok).toBe(true)
})

test('an unsigned token is refused', async () => {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const issuedAt = Math.floor(clock.now / 1000)
  const claims = { iss: 'questlog', aud: 'questlog', sub: 'ana', sid: 'phone', iat: issuedAt, exp: issuedAt + 60 }
  for (const alg of ['none', 'None', 'EdDSA']) {
    const token = `${encode({ alg, typ: 'at+jwt', kid: 'k1' })}.${encode(claims)}.`
    expect(await tokens.verify(token)).toEqual({ ok: false, error: 'signed-out' })
  }
})

test('a token signed with HS256 and the published key as its secret is refused', async () => {
  const secret = Buffer.from(key.publicJwk.x ?? '', 'base64url')
  const token = await forge({ alg: 'HS256' }).sign(secret)
  expect(await tokens.verify(token)).toEqual({ ok: false, error: 'signed-out' })
})

test.each([
  ['another key of the same id', async () => forge({}).sign((await makeKey('k1', 0)).privateKey)],
  ['an unknown key id', () => forge({ kid: 'k2' }).sign(key.privateKey)],
  ['a key brought along in the header', () => forge({ kid: undefined, jwk: key.publicJwk }).sign(key.privateKey)],
  ['another type of token', () => forge({ typ: 'JWT' }).sign(key.privateKey)],
  ['another issuer', () => forge({}, { iss: 'else' }).sign(key.privateKey)],
  ['another audience', () => forge({}, { aud: 'else' }).sign(key.privateKey)],
  ['no end', () => forge({}, { exp: undefined }).sign(key.privateKey)],
  ['more text than any has', () => forge({}, { padding: 'x'.repeat(5_000) }).sign(key.privateKey)],
  ['no time of issue', () => forge({}, { iat: undefined }).sign(key.privateKey)],
  ['no device', () => forge({}, { sid: undefined }).sign(key.privateKey)],
])('a token with %s is refused', async (_, sign) => {
  expect(await tokens.verify(await sign())).toEqual({ ok: false, error: 'signed-out' })
})

test('the key whose turn it is signs; the next is published before and the last still verifies', async () => {
  const next = await makeKey('k2', clock.now + 60 * MINUTE)
  const rotating = createAccessTokens({
    now: () => clock.now,
    issuer: 'questlog',
    lifeMs: 15 * MINUTE,
    keys: [key, next],
  })
  const before = await rotating.issue({ userId: 'ana', familyId: 'phone' })
  expect(kidOf(before.token)).toBe('k1')
  expect(rotating.published().keys.map((published) => published.kid)).toEqual(['k1', 'k2'])
  clock.now += 60 * MINUTE
  expect(kidOf((await rotating.issue({ userId: 'ana', familyId: 'phone' })).token)).toBe('k2')
  clock.now -= 50 * MINUTE
  expect((await rotating.verify(before.token)).ok).toBe(true)
})

function kidOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid
}
