import { randomBytes } from 'node:crypto'
import { recoveryCodesSchema, totpEnrolmentSchema } from '@questlog/shared/protocol/sign-in-methods'
import { URI } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openQueries } from '../../db/tables.ts'
import { startTestServer, type TestServer } from '../../testing/server.ts'
import { newAccount, problemFrom, sessionFrom, type TestAccount } from '../sign-in-methods/testing/account-client.ts'
import { encryptStoredSecrets } from './totp-secrets.ts'

const STEP_MS = 30_000

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const code = async (response: Promise<Response>) => (await problemFrom(await response)).code

/** An account with an authenticator app; each call moves the clock on, so that no code was used before. */
async function withApp(on = server) {
  const account = await newAccount(on)
  const { uri } = totpEnrolmentSchema.parse(await (await account.send('POST', '/auth/totp')).json())
  const app = URI.parse(uri)
  if (!('counter' in app) || app.label === '') throw new Error(uri)
  const codeAt = (timestamp: number) => app.generate({ timestamp } as never)
  const freshCode = () => {
    on.clock.now += STEP_MS
    return codeAt(on.clock.now)
  }
  return { account, uri, codeAt, freshCode }
}

async function enrolled(on = server) {
  const { account, codeAt, freshCode, uri } = await withApp(on)
  const confirmed = await account.send('POST', '/auth/totp/confirm', { code: freshCode() })
  const { recoveryCodes } = recoveryCodesSchema.parse(await confirmed.json())
  return { account, codeAt, freshCode, uri, recoveryCodes }
}

async function challengeOf(account: TestAccount): Promise<string> {
  const problem = await problemFrom(await account.login())
  expect(problem).toMatchObject({ status: 401, code: 'second-factor-required' })
  return problem.challenge ?? ''
}

const answer = (body: object, on = server) => on.post('/api/v1/auth/second-factor', { client: 'native', ...body })

test('an app is set up with an address it can read, and protects nothing before its first code', async () => {
  const { account, uri, freshCode } = await withApp()
  expect(uri).toContain(`otpauth://totp/Questlog:${encodeURIComponent(account.email)}?issuer=Questlog&secret=`)
  expect((await account.login()).status).toBe(200)
  expect(await code(account.send('POST', '/auth/totp/confirm', { code: '000000' }))).toBe('wrong-code')
  expect((await account.send('POST', '/auth/totp/confirm', { code: freshCode() })).status).toBe(200)
  expect(await code(account.send('POST', '/auth/totp'))).toBe('second-factor-exists')
  expect(await code(account.send('POST', '/auth/totp/confirm', { code: freshCode() }))).toBe('second-factor-exists')
})

test('after the clock was set back two days the codes of now are taken, each once', async () => {
  const own = await startTestServer()
  const { account, codeAt, freshCode } = await enrolled(own)
  const signIn = async (code: string) => {
    const challenge = (await problemFrom(await account.login())).challenge ?? ''
    return (await answer({ challenge, code }, own)).status
  }
  expect(await signIn(freshCode())).toBe(200)
  own.clock.now -= 2 * 24 * 60 * 60 * 1000
  const present = codeAt(own.clock.now)
  expect([await signIn(present), await signIn(present)]).toEqual([200, 403])
  await own.stop()
})

test('the password alone opens no session; with the code of the app it does', async () => {
  const { account, freshCode } = await enrolled()
  const challenge = await challengeOf(account)
  expect(challenge).not.toBe('')
  const session = await sessionFrom(await answer({ challenge, code: freshCode() }))
  expect(session.user.id).toBe(account.userId)
  expect((await server.get('/api/v1/auth/methods', session.accessToken)).status).toBe(200)
  expect(await code(server.post('/api/v1/auth/register', { ...account, displayName: 'Ana' }))).toBe(
    'second-factor-required',
  )
})

test('a wrong password gets no challenge', async () => {
  const { account } = await enrolled()
  const refused = server.post('/api/v1/auth/login', { email: account.email, password: 'wrong horse' })
  expect(await problemFrom(await refused)).not.toHaveProperty('challenge')
})

test('a code is taken once, and no older one after it', async () => {
  const { account, codeAt, freshCode } = await enrolled()
  const used = freshCode()
  expect((await answer({ challenge: await challengeOf(account), code: used })).status).toBe(200)
  const challenge = await challengeOf(account)
  expect(await code(answer({ challenge, code: used }))).toBe('wrong-code')
  expect(await code(answer({ challenge, code: codeAt(server.clock.now - STEP_MS) }))).toBe('wrong-code')
  expect((await answer({ challenge, code: codeAt(server.clock.now + STEP_MS) })).status).toBe(200)
})

test('of two requests with one code at the same time one gets in', async () => {
  const { account, freshCode } = await enrolled()
  const challenges = [await challengeOf(account), await challengeOf(account)]
  const shown = freshCode()
  const statuses = await Promise.all(
    challenges.map(async (challenge) => (await answer({ challenge, code: shown })).status),
  )
  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
})

test('clocks may be off by one step, not by two', async () => {
  const { account, codeAt } = await enrolled()
  server.clock.now += 10 * STEP_MS
  const challenge = await challengeOf(account)
  expect(await code(answer({ challenge, code: codeAt(server.clock.now - 2 * STEP_MS) }))).toBe('wrong-code')
  expect(await code(answer({ challenge, code: codeAt(server.clock.now + 2 * STEP_MS) }))).toBe('wrong-code')
  expect((await answer({ challenge, code: codeAt(server.clock.now - STEP_MS) })).status).toBe(200)
})

test('a challenge ends after five minutes, after the right code, and after five wrong ones', async () => {
  const { account, freshCode } = await enrolled()
  const late = await challengeOf(account)
  server.clock.now += 5 * 60_000 + 1
  expect(await code(answer({ challenge: late, code: freshCode() }))).toBe('challenge-expired')
  const used = await challengeOf(account)
  expect((await answer({ challenge: used, code: freshCode() })).status).toBe(200)
  expect(await code(answer({ challenge: used, code: freshCode() }))).toBe('challenge-expired')
  const guessed = await challengeOf(account)
  for (let guess = 0; guess < 5; guess += 1) await answer({ challenge: guessed, code: '000000' })
  expect(await code(answer({ challenge: guessed, code: freshCode() }))).toBe('challenge-expired')
})

test('guesses over many challenges are slowed down, however often the password is right', async () => {
  const strict = await startTestServer({ LOGIN_FAILURES_BEFORE_DELAY: '5' })
  const { account, freshCode } = await enrolled(strict)
  const outcomes: string[] = []
  for (let guess = 0; guess < 7; guess += 1) {
    outcomes.push(await code(answer({ challenge: await challengeOf(account), code: '000000' }, strict)))
  }
  expect(outcomes).toEqual([...Array<string>(5).fill('wrong-code'), 'rate-limited', 'rate-limited'])
  const refused = await answer({ challenge: await challengeOf(account), code: '000000' }, strict)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  // A device that is signed in counts for itself, and just as strictly.
  const own: string[] = []
  for (let guess = 0; guess < 6; guess += 1) {
    own.push(await code(account.send('POST', '/auth/totp/remove', { code: '000000' })))
  }
  expect(own).toEqual([...Array<string>(5).fill('wrong-code'), 'rate-limited'])
  strict.clock.now += 15 * 60_000
  expect((await answer({ challenge: await challengeOf(account), code: freshCode() }, strict)).status).toBe(200)
  await strict.stop()
})

test('the challenge of one account is not answered with the code of another', async () => {
  const victim = await enrolled()
  const thief = await enrolled()
  const challenge = await challengeOf(victim.account)
  expect(await code(answer({ challenge, code: thief.freshCode() }))).toBe('wrong-code')
  expect(await code(answer({ challenge, recoveryCode: thief.recoveryCodes[0] }))).toBe('wrong-code')
})

test('a recovery code signs in once, typed in any way; new ones replace the old', async () => {
  const { account, recoveryCodes, freshCode } = await enrolled()
  expect(new Set(recoveryCodes).size).toBe(10)
  const [first = '', second] = recoveryCodes
  const typed = first.replaceAll('-', ' ').toLowerCase()
  expect((await answer({ challenge: await challengeOf(account), recoveryCode: typed })).status).toBe(200)
  expect(await code(answer({ challenge: await challengeOf(account), recoveryCode: first }))).toBe('wrong-code')
  const renewed = await account.send('POST', '/auth/recovery-codes', { code: freshCode() })
  expect(recoveryCodesSchema.parse(await renewed.json()).recoveryCodes).toHaveLength(10)
  expect(await code(answer({ challenge: await challengeOf(account), recoveryCode: second }))).toBe('wrong-code')
})

test.each([
  ['the password', (account: TestAccount) => ({ password: account.password })],
  ['a code', (_: TestAccount, freshCode: () => string) => ({ code: freshCode() })],
])('it is removed with %s, and then the password is enough', async (_, proof) => {
  const { account, freshCode } = await enrolled()
  expect(await code(account.send('POST', '/auth/totp/remove', { password: 'wrong horse' }))).toBe('wrong-password')
  expect(await code(account.send('POST', '/auth/totp/remove', { code: '000000' }))).toBe('wrong-code')
  const challenge = await challengeOf(account)
  expect((await account.send('POST', '/auth/totp/remove', proof(account, freshCode))).status).toBe(204)
  expect((await account.login()).status).toBe(200)
  expect(await code(answer({ challenge, code: freshCode() }))).toBe('challenge-expired')
  expect(await code(account.send('POST', '/auth/totp/remove', { password: account.password }))).toBe('not-found')
})

test.each([[{}], [{ password: 'correct horse', code: '000000' }], [{ code: '00000' }], [{ code: '0000000' }]])(
  'a proof is one thing, and a code six digits: %o',
  async (proof) => {
    const { account } = await withApp()
    expect(await code(account.send('POST', '/auth/totp/remove', proof))).toBe('invalid-request')
  },
)

test('setting it up needs a sign-in of the last ten minutes, or the password shown again', async () => {
  const account = await newAccount(server)
  server.clock.now += 11 * 60_000
  expect(await code(account.send('POST', '/auth/totp'))).toBe('sign-in-too-old')
  expect(await code(account.send('POST', '/auth/confirm-identity', { password: 'wrong horse' }))).toBe('wrong-password')
  expect((await account.send('POST', '/auth/confirm-identity', { password: account.password })).status).toBe(204)
  expect((await account.send('POST', '/auth/totp')).status).toBe(200)
})

test('an account that was disabled is not let in by its second factor', async () => {
  const { account, freshCode } = await enrolled()
  const challenge = await challengeOf(account)
  await server.database.pool.query('update users set disabled_at = now() where id = $1', [account.userId])
  expect(await code(answer({ challenge, code: freshCode() }))).toBe('account-disabled')
})

test('what happens to a second factor is kept among the security events, without the codes', async () => {
  const { account, recoveryCodes } = await enrolled()
  server.clock.now += 1
  await answer({ challenge: await challengeOf(account), code: '000000' })
  server.clock.now += 1
  await answer({ challenge: await challengeOf(account), recoveryCode: recoveryCodes[0] })
  server.clock.now += 1
  await account.send('POST', '/auth/totp/remove', { password: account.password })
  const { rows } = await server.database.pool.query(
    'select kind, details from security_events where user_id = $1 order by id',
    [account.userId],
  )
  const kinds = rows.map(({ kind }) => kind)
  expect(kinds.filter((kind) => /second|recovery/.test(kind))).toEqual([
    'second-factor-added',
    'second-factor-failed',
    'recovery-code-used',
    'second-factor-removed',
  ])
  expect(JSON.stringify(rows)).not.toContain(recoveryCodes[0])
})

test('with a key the secret is encrypted, from the next start on also one stored before', async () => {
  const { account } = await enrolled()
  const db = openQueries(server.database.pool)
  const secretKey = randomBytes(32)
  const stored = () =>
    db.selectFrom('totp_secrets').selectAll().where('user_id', '=', account.userId).executeTakeFirstOrThrow()
  const plain = await stored()
  await encryptStoredSecrets(db, secretKey)
  const sealed = await stored()
  expect([plain.encrypted, sealed.encrypted, sealed.secret.includes(plain.secret)]).toEqual([false, true, false])
  await expect(encryptStoredSecrets(db, undefined)).rejects.toThrow('QUESTLOG_SECRET_KEY')
  await expect(encryptStoredSecrets(db, randomBytes(32))).rejects.toThrow('QUESTLOG_SECRET_KEY')
  await db.deleteFrom('totp_secrets').execute()
})
