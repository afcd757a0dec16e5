import { expect, test } from 'vitest'
import { createAccount } from './account.ts'
import {
  createOtherSignIn,
  createOwnSignInMethods,
  type PasskeyPlatform,
  readProviderReturn,
} from './sign-in-methods.ts'

const USER = { id: '01K00000000000000000000001', email: 'ana@example.org', displayName: 'Ana', emailVerified: false }
const SESSION = { status: 200, body: { user: USER, accessToken: 'first', expiresIn: 600 } }
const OPTIONS = { status: 200, body: { publicKey: { challenge: 'c' } } }
const PASSKEY = { id: 'x', rawId: 'x', type: 'public-key', clientExtensionResults: {} } as const
const NO: PasskeyPlatform = { create: async () => null, get: () => Promise.reject(new Error('NotAllowedError')) }
const YES: PasskeyPlatform = {
  create: async () => ({ ...PASSKEY, response: { clientDataJSON: 'd', attestationObject: 'o' } }),
  get: async () => ({ ...PASSKEY, response: { clientDataJSON: 'd', authenticatorData: 'a', signature: 's' } }),
}

/** A server that answers by method and path, and a device where nobody is signed in. */
function device(answers: Record<string, { readonly status: number; readonly body?: unknown }>, remembered?: unknown) {
  const sent: [string, unknown][] = []
  const deps = {
    baseUrl: 'https://quest.example',
    now: () => 0,
    memory: { read: () => remembered, write: () => undefined },
    fetch: async (url: string, init: { readonly method: string; readonly body?: string }) => {
      const key = `${init.method} ${url.replace('https://quest.example/api/v1', '')}`
      sent.push([key, init.body === undefined ? undefined : JSON.parse(init.body)])
      const { status, body } = answers[key] ?? { status: 204 }
      return { ok: status < 300, status, text: async () => (body === undefined ? '' : JSON.stringify(body)) }
    },
  }
  const account = createAccount(deps)
  return { account, other: createOtherSignIn(account, deps), own: createOwnSignInMethods(account), sent }
}

test('a login that asks for a second factor tells the challenge, and a code completes it', async () => {
  const body = { type: 'about:blank', title: '', status: 401, code: 'second-factor-required', challenge: 'abc' }
  const { account, other, sent } = device({
    'POST /auth/login': { status: 401, body },
    'POST /auth/second-factor': SESSION,
  })
  const refused = await account.login({ email: USER.email, password: 'correct horse' })
  expect(refused).toMatchObject({ ok: false, error: { problem: { challenge: 'abc' } } })
  expect(account.state.getState().kind).toBe('unknown')
  expect((await other.withSecondFactor('abc', { code: '123456' })).ok).toBe(true)
  expect(account.state.getState()).toEqual({ kind: 'signed-in', user: USER })
  expect(sent.at(-1)).toEqual(['POST /auth/second-factor', { challenge: 'abc', code: '123456' }])
})

test('a passkey signs in, and one the person turned down does not', async () => {
  const answers = { 'POST /auth/passkeys/sign-in/options': OPTIONS, 'POST /auth/passkeys/sign-in': SESSION }
  const declined = device(answers)
  expect(await declined.other.withPasskey(NO)).toEqual({ ok: false, error: { kind: 'cancelled' } })
  expect(declined.account.state.getState().kind).toBe('unknown')
  const { account, other } = device(answers)
  expect((await other.withPasskey(YES)).ok).toBe(true)
  expect(account.state.getState().kind).toBe('signed-in')
})

test('a passkey that was made is kept under its name', async () => {
  const made = { id: USER.id, name: 'Laptop', createdAt: '2026-03-01T12:00:00.000Z', lastUsedAt: null, backedUp: false }
  const kept = { ...made, host: 'quests.example.org', worksHere: true }
  const { own, sent } = device({
    'POST /auth/refresh': SESSION,
    'POST /auth/passkeys/options': OPTIONS,
    'POST /auth/passkeys': { status: 201, body: kept },
  })
  expect(await own.addPasskey(NO, 'Laptop')).toEqual({ ok: false, error: { kind: 'cancelled' } })
  expect(await own.addPasskey(YES, 'Laptop')).toEqual({ ok: true, value: kept })
  expect(sent.at(-1)?.[1]).toMatchObject({ name: 'Laptop', credential: { id: 'x' } })
})

test('the session of a provider is taken over even where the last logout could not be told to the server', async () => {
  const { account, other, sent } = device({ 'POST /auth/refresh': SESSION }, { kind: 'signing-out' })
  expect((await other.afterProvider()).ok).toBe(true)
  expect(await account.accessToken()).toBe('first')
  expect(sent.map(([request]) => request)).toEqual(['POST /auth/refresh'])
})

test('the fragment of an address tells how the visit ended', () => {
  expect(device({}).other.providerUrl('acme', '/today?quest=1&x=y')).toBe(
    'https://quest.example/api/v1/auth/oidc/acme/start?returnTo=%2Ftoday%3Fquest%3D1%26x%3Dy',
  )
  const read = ['#sign-in=done', '#sign-in=linked&provider=acme', '#sign-in=second-factor&challenge=a-b_c']
  expect(read.map(readProviderReturn)).toEqual([
    { kind: 'done' },
    { kind: 'linked', provider: 'acme' },
    { kind: 'second-factor', challenge: 'a-b_c' },
  ])
  const refused = { kind: 'refused', reason: 'link-required', provider: 'acme' }
  expect(readProviderReturn('#sign-in=refused&reason=link-required&provider=acme')).toEqual(refused)
  expect(['', '#', '#today', '#sign-in=else', '#sign-in=%'].map(readProviderReturn)).toEqual(Array(5).fill(null))
})
