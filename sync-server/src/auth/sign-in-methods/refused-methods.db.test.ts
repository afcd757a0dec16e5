import { createHash } from 'node:crypto'
import { totpEnrolmentSchema } from '@questlog/shared/protocol/sign-in-methods'
import { URI } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openQueries } from '../../db/tables.ts'
import { startTestServer, type TestServer } from '../../testing/server.ts'
import { issueExchangeCode } from '../oidc/exchange.ts'
import { createSoftPasskey } from '../passkeys/testing/soft-authenticator.ts'
import { newAccount, problemFrom, type TestAccount } from './testing/account-client.ts'

// The provider is never asked: every request here is refused before.
const PROVIDER = { id: 'acme', name: 'Acme', issuer: 'http://127.0.0.1:9', clientId: 'questlog' }

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ TRUST_PROXY: 'true', OIDC_PROVIDERS: JSON.stringify([PROVIDER]) })
})
afterAll(() => server.stop())

const codeOf = async (response: Response) => (await problemFrom(response)).code

async function enrol(account: TestAccount): Promise<void> {
  const { uri } = totpEnrolmentSchema.parse(await (await account.send('POST', '/auth/totp')).json())
  const code = URI.parse(uri).generate({ timestamp: server.clock.now } as never)
  expect((await account.send('POST', '/auth/totp/confirm', { code })).status).toBe(200)
}

const disable = (account: TestAccount) =>
  server.database.pool.query('update users set disabled_at = now() where id = $1', [account.userId])

test('at a host nobody configured there are no passkeys and no providers', async () => {
  const account = await newAccount(server)
  const local = server.url.replace('127.0.0.1', 'localhost')
  const authorization = `Bearer ${account.token}`
  const asked = await fetch(`${local}/api/v1/auth/passkeys/options`, { method: 'POST', headers: { authorization } })
  const { publicKey } = z.object({ publicKey: z.looseObject({ challenge: z.string() }) }).parse(await asked.json())
  const { credential, passkey } = createSoftPasskey(local, publicKey)
  const requests = [
    ['GET', '/oidc/acme/start'],
    ['GET', '/oidc/acme/callback?code=x&state=x'],
    ['POST', '/identities/acme', { returnTo: '/settings' }],
    ['POST', '/passkeys/options'],
    ['POST', '/passkeys', { name: 'Phone', credential }],
    ['POST', '/passkeys/sign-in/options'],
    ['POST', '/passkeys/sign-in', { credential: passkey.get(publicKey), client: 'native' }],
  ] as const
  const headers = { authorization, 'content-type': 'application/json', 'x-forwarded-host': 'evil.example' }
  const outcomes = []
  for (const [method, path, body] of requests) {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    outcomes.push([path, await codeOf(await fetch(`${server.url}/api/v1/auth${path}`, { method, headers, ...sent }))])
  }
  expect(outcomes).toEqual(requests.map(([, path]) => [path, 'sign-in-method-unavailable']))
})

test('a provider, a second factor and an app that are not there are not found', async () => {
  const account = await newAccount(server)
  for (const [method, path, body] of [
    ['GET', '/auth/oidc/nobody/callback?code=x&state=x'],
    ['POST', '/auth/identities/nobody', { returnTo: '/settings' }],
    ['POST', '/auth/recovery-codes', { password: account.password }],
    ['POST', '/auth/totp/confirm', { code: '000000' }],
  ] as const) {
    expect([path, await codeOf(await account.send(method, path, body))]).toEqual([path, 'not-found'])
  }
})

test('a session that signed in long ago neither sets a password nor takes a provider away', async () => {
  const account = await newAccount(server)
  server.clock.now += 11 * 60_000
  expect(await codeOf(await account.send('POST', '/auth/password', { password: 'another horse' }))).toBe(
    'sign-in-too-old',
  )
  expect(await codeOf(await account.send('DELETE', '/auth/identities/acme'))).toBe('sign-in-too-old')
})

test('a wrong code proves nothing, and a wrong password gives no new recovery codes', async () => {
  const account = await newAccount(server)
  await enrol(account)
  for (const path of ['/auth/confirm-identity', '/auth/recovery-codes']) {
    expect(await codeOf(await account.send('POST', path, { code: '000000' }))).toBe('wrong-code')
    expect(await codeOf(await account.send('POST', path, { password: 'wrong horse' }))).toBe('wrong-password')
  }
})

test('a sign-in at a provider asks for the second factor, and lets nobody in who was disabled', async () => {
  const codeVerifier = 'v'.repeat(43)
  const digest = createHash('sha256').update(codeVerifier).digest('base64url')
  const steps = { db: openQueries(server.database.pool), now: () => server.clock.now }
  const account = await newAccount(server)
  await enrol(account)
  const exchange = async () => {
    const code = await issueExchangeCode(steps, account.userId, digest)
    return codeOf(await server.post('/api/v1/auth/oidc/exchange', { code, codeVerifier }))
  }
  expect(await exchange()).toBe('second-factor-required')
  await disable(account)
  expect(await exchange()).toBe('account-disabled')
})

test('registering again as somebody who was disabled lets them in as little as signing in', async () => {
  const account = await newAccount(server)
  await disable(account)
  const { email, password } = account
  const again = await server.post('/api/v1/auth/register', { email, password, displayName: 'Ana' })
  expect(await codeOf(again)).toBe('account-disabled')
})
