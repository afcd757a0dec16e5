import { passkeyListSchema, passkeySchema, signInMethodsSchema } from '@questlog/shared/protocol/sign-in-methods'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { startTestServer, type TestServer } from '../../testing/server.ts'
import { eventually } from '../../testing/server-process.ts'
import {
  newAccount,
  problemFrom,
  sendAs,
  sessionFrom,
  type TestAccount,
} from '../sign-in-methods/testing/account-client.ts'
import { createSoftPasskey, type Deviation, type SoftPasskey } from './testing/soft-authenticator.ts'

const ORIGIN = 'https://quests.example.org'
const optionsSchema = z.object({
  publicKey: z.looseObject({
    challenge: z.string(),
    rp: z.object({ id: z.string() }).exactOptional(),
    user: z.object({ id: z.string() }).exactOptional(),
  }),
})

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ PUBLIC_URL: ORIGIN })
})
afterAll(() => server.stop())

const code = async (response: Promise<Response>) => (await problemFrom(await response)).code

async function optionsFor(account: TestAccount) {
  return optionsSchema.parse(await (await account.send('POST', '/auth/passkeys/options')).json()).publicKey
}

async function signInOptions() {
  return optionsSchema.parse(await (await server.post('/api/v1/auth/passkeys/sign-in/options')).json()).publicKey
}

const add = (account: TestAccount, credential: object, name = 'Phone') =>
  account.send('POST', '/auth/passkeys', { name, credential })

async function withPasskey(): Promise<{ account: TestAccount; passkey: SoftPasskey; passkeyId: string }> {
  const account = await newAccount(server)
  const { passkey, credential } = createSoftPasskey(ORIGIN, await optionsFor(account))
  const added = await add(account, credential)
  return { account, passkey, passkeyId: passkeySchema.parse(await added.json()).id }
}

const signIn = (credential: object) =>
  server.post('/api/v1/auth/passkeys/sign-in', { credential, client: 'native', deviceName: 'Phone' })

test('a passkey signs its account in, without an e-mail', async () => {
  const { account, passkey } = await withPasskey()
  const session = await sessionFrom(await signIn(passkey.get(await signInOptions())))
  expect(session.user.id).toBe(account.userId)
  expect((await server.get('/api/v1/auth/methods', session.accessToken)).status).toBe(200)
})

test.each<[string, Deviation]>([
  ['another origin', { origin: 'https://quests.example.org.evil.example' }],
  ['another relying party', { rpId: 'evil.example' }],
])('a passkey made for %s is refused', async (_, deviation) => {
  const account = await newAccount(server)
  const { credential } = createSoftPasskey(ORIGIN, await optionsFor(account), deviation)
  expect(await code(add(account, credential))).toBe('passkey-refused')
})

test.each<[string, Deviation]>([
  ['another origin', { origin: 'https://evil.example' }],
  ['another relying party', { rpId: 'evil.example' }],
  ['another person', { userHandle: Buffer.from('01ARZ3NDEKTSV4RRFFQ69G5FAV').toString('base64url') }],
  ['nobody', { userHandle: null }],
  ['a made-up signature', { signature: Buffer.alloc(70) }],
])('an answer for %s signs nobody in', async (_, deviation) => {
  const { passkey } = await withPasskey()
  expect(await code(signIn(passkey.get(await signInOptions(), deviation)))).toBe('passkey-refused')
})

test('a challenge is answered once, within five minutes, and only where it was asked', async () => {
  const { account, passkey } = await withPasskey()
  const options = await signInOptions()
  expect((await signIn(passkey.get(options))).status).toBe(200)
  expect(await code(signIn(passkey.get(options)))).toBe('challenge-expired')
  const late = await signInOptions()
  server.clock.now += 5 * 60_000 + 1
  expect(await code(signIn(passkey.get(late)))).toBe('challenge-expired')
  expect(await code(signIn(passkey.get({ challenge: Buffer.alloc(32).toString('base64url') })))).toBe(
    'challenge-expired',
  )
  const { challenge } = await optionsFor(account)
  expect(await code(signIn(passkey.get({ challenge })))).toBe('challenge-expired')
})

test('a refused answer uses its challenge up', async () => {
  const { passkey } = await withPasskey()
  const options = await signInOptions()
  expect(await code(signIn(passkey.get(options, { origin: 'https://evil.example' })))).toBe('passkey-refused')
  expect(await code(signIn(passkey.get(options)))).toBe('challenge-expired')
})

test('the challenge of one account, or of one device, is not answered by another', async () => {
  const victim = await newAccount(server)
  const thief = await newAccount(server)
  const { credential } = createSoftPasskey(ORIGIN, await optionsFor(victim))
  expect(await code(add(thief, credential))).toBe('challenge-expired')
  const other = await sessionFrom(await victim.login())
  const made = createSoftPasskey(ORIGIN, await optionsFor(victim))
  const response = fetch(`${server.url}/api/v1/auth/passkeys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${other.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Phone', credential: made.credential }),
  })
  expect(await code(response)).toBe('challenge-expired')
})

test('a passkey whose counter does not go forward was copied, and is refused', async () => {
  const { passkey } = await withPasskey()
  expect((await signIn(passkey.get(await signInOptions(), { counter: 7 }))).status).toBe(200)
  expect(await code(signIn(passkey.get(await signInOptions(), { counter: 7 })))).toBe('passkey-refused')
  expect((await signIn(passkey.get(await signInOptions(), { counter: 8 }))).status).toBe(200)
})

test('a passkey with user verification is two factors; without, the second one is asked for', async () => {
  const { account, passkey } = await withPasskey()
  await server.database.pool.query("insert into totp_secrets values ($1, '\\x00', false, now(), now(), 0)", [
    account.userId,
  ])
  expect((await signIn(passkey.get(await signInOptions()))).status).toBe(200)
  const refused = await problemFrom(await signIn(passkey.get(await signInOptions(), { userVerified: false })))
  expect(refused).toMatchObject({ code: 'second-factor-required', challenge: expect.any(String) })
})

test('a removed passkey, one nobody knows, and one of a disabled account sign nobody in', async () => {
  const { account, passkey, passkeyId } = await withPasskey()
  await server.database.pool.query('update users set disabled_at = now() where id = $1', [account.userId])
  expect(await code(signIn(passkey.get(await signInOptions())))).toBe('account-disabled')
  await server.database.pool.query('update users set disabled_at = null where id = $1', [account.userId])
  expect((await account.send('DELETE', `/auth/passkeys/${passkeyId}`)).status).toBe(204)
  expect(await code(signIn(passkey.get(await signInOptions())))).toBe('passkey-refused')
})

test('passkeys are listed and renamed by their owner only', async () => {
  const { account, passkeyId } = await withPasskey()
  const stranger = await newAccount(server)
  const path = `/auth/passkeys/${passkeyId}`
  expect((await account.send('PATCH', path, { name: 'Key on the ring' })).status).toBe(200)
  expect(await code(stranger.send('PATCH', path, { name: 'Mine' }))).toBe('not-found')
  expect(await code(stranger.send('DELETE', path))).toBe('not-found')
  const { items } = passkeyListSchema.parse(await (await account.send('GET', '/auth/passkeys')).json())
  const own = {
    name: 'Key on the ring',
    lastUsedAt: null,
    backedUp: false,
    host: 'quests.example.org',
    worksHere: true,
  }
  expect(items).toMatchObject([{ id: passkeyId, ...own }])
  const methods = signInMethodsSchema.parse(await (await account.send('GET', '/auth/methods')).json())
  expect(methods).toMatchObject({ password: true, totp: false, passkeys: items, identities: [] })
})

test('the last way to sign in stays', async () => {
  const { account, passkeyId } = await withPasskey()
  await server.database.pool.query('update users set password_hash = null where id = $1', [account.userId])
  expect(await code(account.send('DELETE', `/auth/passkeys/${passkeyId}`))).toBe('last-sign-in-method')
  expect(await code(account.login())).toBe('invalid-credentials')
  expect((await account.send('POST', '/auth/password', { password: 'correct horse' })).status).toBe(204)
  expect(await code(account.send('POST', '/auth/password', { password: 'another horse' }))).toBe('password-exists')
  expect((await account.login()).status).toBe(200)
  expect((await account.send('DELETE', `/auth/passkeys/${passkeyId}`)).status).toBe(204)
})

test('two removals at the same time leave one way to sign in', async () => {
  const { account, passkeyId } = await withPasskey()
  const second = createSoftPasskey(ORIGIN, await optionsFor(account))
  const { id } = passkeySchema.parse(await (await add(account, second.credential)).json())
  await server.database.pool.query('update users set password_hash = null where id = $1', [account.userId])
  const { pool } = server.database
  const holder = await pool.connect()
  await holder.query('begin')
  await holder.query('select from users where id = $1 for update', [account.userId])
  const removals = [passkeyId, id].map(async (one) => (await account.send('DELETE', `/auth/passkeys/${one}`)).status)
  await eventually('both removals wait for the account', async () => {
    const { rowCount } = await pool.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
    return rowCount === 2
  })
  await holder.query('commit')
  holder.release()
  expect((await Promise.all(removals)).sort()).toEqual([204, 409])
})

test('on a server that moved, passkeys of the old host are said not to work, and are no way in', async () => {
  const { account, passkeyId } = await withPasskey()
  const there = 'https://moved.example.org'
  const moved = await startTestServer({ PUBLIC_URL: there, DATABASE_URL: server.database.url })
  const login = { email: account.email, password: account.password, client: 'native' }
  server.clock.now += 1
  moved.clock.now = server.clock.now
  const { accessToken } = await sessionFrom(await moved.post('/api/v1/auth/login', login))
  const send = (method: string, path: string, body?: unknown) => sendAs(moved.url, accessToken, method, path, body)
  const options = optionsSchema.parse(await (await send('POST', '/auth/passkeys/options')).json()).publicKey
  const { credential } = createSoftPasskey(there, options)
  const { id } = passkeySchema.parse(await (await send('POST', '/auth/passkeys', { name: 'New', credential })).json())
  const { items } = passkeyListSchema.parse(await (await send('GET', '/auth/passkeys')).json())
  expect(items.map(({ host, worksHere }) => ({ host, worksHere }))).toEqual([
    { host: 'quests.example.org', worksHere: false },
    { host: 'moved.example.org', worksHere: true },
  ])

  await server.database.pool.query('update users set password_hash = null where id = $1', [account.userId])
  expect(await code(send('DELETE', `/auth/passkeys/${id}`))).toBe('last-sign-in-method')
  expect((await send('DELETE', `/auth/passkeys/${passkeyId}`)).status).toBe(204)
  await moved.stop()
})

test('a passkey from before hosts were kept is one of the host the server has then', async () => {
  const { account, passkey } = await withPasskey()
  const hosts = async () => {
    const { rows } = await server.database.pool.query('select rp_id from passkeys where user_id = $1', [account.userId])
    return rows.map(({ rp_id }) => rp_id)
  }
  await server.database.pool.query('update passkeys set rp_id = null where user_id = $1', [account.userId])
  await (await startTestServer({ PUBLIC_URL: ORIGIN, DATABASE_URL: server.database.url })).stop()
  expect(await hosts()).toEqual(['quests.example.org'])
  // A server that had moved by then is put right by the first sign-in.
  await server.database.pool.query("update passkeys set rp_id = 'moved.example.org' where user_id = $1", [
    account.userId,
  ])
  expect((await signIn(passkey.get(await signInOptions()))).status).toBe(200)
  expect(await hosts()).toEqual(['quests.example.org'])
})

test('a device is told which passkeys it has already, and an account has at most twenty', async () => {
  const { account, passkey } = await withPasskey()
  const options = await optionsFor(account)
  expect(options.excludeCredentials).toEqual([expect.objectContaining({ id: passkey.credentialId })])
  await server.database.pool.query(
    `insert into passkeys select $1 || n, $2, n::text::bytea, '\\x00', 0, '[]', 'Key', false, now()
     from generate_series(10, 28) as n`,
    ['01ARZ3NDEKTSV4RRFFQ69G5F', account.userId],
  )
  const tooMany = createSoftPasskey(ORIGIN, await optionsFor(account))
  expect(await code(add(account, tooMany.credential))).toBe('too-many-passkeys')
})

test('a copied credential id is not taken from its owner', async () => {
  const { account, passkey } = await withPasskey()
  const thief = await newAccount(server)
  const copy = createSoftPasskey(ORIGIN, await optionsFor(thief), { credentialId: passkey.credentialId })
  expect(await code(add(thief, copy.credential))).toBe('passkey-exists')
  const session = await sessionFrom(await signIn(passkey.get(await signInOptions())))
  expect(session.user.id).toBe(account.userId)
})

test('making and removing one needs a sign-in of the last ten minutes', async () => {
  const { account, passkeyId } = await withPasskey()
  server.clock.now += 11 * 60_000
  expect(await code(account.send('POST', '/auth/passkeys/options'))).toBe('sign-in-too-old')
  expect(await code(account.send('DELETE', `/auth/passkeys/${passkeyId}`))).toBe('sign-in-too-old')
})

test('where browsers know no passkeys there are none: at a bare address, and at a host nobody configured', async () => {
  const bare = await startTestServer()
  expect(await code(bare.post('/api/v1/auth/passkeys/sign-in/options'))).toBe('sign-in-method-unavailable')
  const local = await fetch(`${bare.url.replace('127.0.0.1', 'localhost')}/api/v1/auth/passkeys/sign-in/options`, {
    method: 'POST',
  })
  expect(optionsSchema.parse(await local.json()).publicKey.rpId).toBe('localhost')
  const proxied = await startTestServer({ TRUST_PROXY: 'true' })
  const forged = proxied.post('/api/v1/auth/passkeys/sign-in/options', undefined, {
    'x-forwarded-host': 'evil.example',
  })
  expect(await code(forged)).toBe('sign-in-method-unavailable')
  await Promise.all([bare.stop(), proxied.stop()])
})

test('passkeys that come, go and are refused are kept among the security events', async () => {
  const { account, passkey, passkeyId } = await withPasskey()
  server.clock.now += 1
  await signIn(passkey.get(await signInOptions(), { origin: 'https://evil.example' }))
  server.clock.now += 1
  await account.send('DELETE', `/auth/passkeys/${passkeyId}`)
  const { rows } = await server.database.pool.query(
    "select kind from security_events where user_id = $1 and kind <> 'registered' and kind <> 'signed-in' order by id",
    [account.userId],
  )
  expect(rows.map(({ kind }) => kind)).toEqual(['passkey-added', 'sign-in-failed', 'passkey-removed'])
})
