import { createdApiKeySchema } from '@questlog/shared/protocol/api-keys'
import {
  linkResponseSchema,
  passkeySchema,
  recoveryCodesSchema,
  totpEnrolmentSchema,
} from '@questlog/shared/protocol/sign-in-methods'
import { URI } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { mailSettings, type ReceivedMail, startMailServer, type TestMailServer } from '../testing/mail-server.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { startProvider, type TestProvider } from './oidc/testing/start-provider.ts'
import { createTestBrowser } from './oidc/testing/test-browser.ts'
import { createSoftPasskey } from './passkeys/testing/soft-authenticator.ts'
import {
  newAccount,
  problemFrom,
  sendAs,
  sessionFrom,
  type TestAccount,
} from './sign-in-methods/testing/account-client.ts'

const ORIGIN = 'https://quests.example.org'
/** What somebody types who would like the mail to say it. */
const TYPED = 'Win a prize at https://evil.example\r\nBcc: eve@evil.example'

let mailServer: TestMailServer
let acme: TestProvider
let server: TestServer
beforeAll(async () => {
  mailServer = await startMailServer()
  acme = await startProvider(ORIGIN, { id: 'acme' })
  server = await startTestServer({ ...mailSettings(mailServer), ...acme.environment })
})
afterAll(async () => {
  await server.stop()
  await Promise.all([acme.stop(), mailServer.stop()])
})

/** A new account that has read the mail it began with. */
async function newReader(): Promise<TestAccount> {
  const account = await newAccount(server)
  await mailServer.next(account.email)
  return account
}

/** The next mail to an account, which has its page on a line of its own. */
async function told(account: Pick<TestAccount, 'email'>, page: string): Promise<ReceivedMail> {
  const mail = await mailServer.next(account.email)
  expect(mail.text.split('\n')).toContain(ORIGIN + page)
  return mail
}

async function makeKey(account: TestAccount, language = 'en'): Promise<string> {
  const body = { name: TYPED.replaceAll(/[\r\n]/g, ' '), scope: 'admin', workspaceId: null, expiresAt: null }
  const headers = { authorization: `Bearer ${account.token}`, 'accept-language': language }
  const made = await server.post('/api/v1/api-keys', body, headers)
  return createdApiKeySchema.parse(await made.json()).key
}

async function passkeyFor(account: TestAccount, name: string): Promise<Response> {
  const options = z.object({ publicKey: z.looseObject({ challenge: z.string(), rp: z.object({ id: z.string() }) }) })
  const { publicKey } = options.parse(await (await account.send('POST', '/auth/passkeys/options')).json())
  const { credential } = createSoftPasskey(ORIGIN, publicKey)
  return account.send('POST', '/auth/passkeys', { name, credential })
}

test('an owner is told of a passkey that comes or goes, in words that nobody else chose', async () => {
  const account = await newReader()
  const { id } = passkeySchema.parse(await (await passkeyFor(account, 'https://evil.example')).json())
  const added = await told(account, '/settings/sign-in')
  expect(added.subject).toBe('A passkey was added')
  expect(added.text).not.toMatch(/evil|Ana/)
  await account.send('DELETE', `/auth/passkeys/${id}`)
  expect((await told(account, '/settings/sign-in')).subject).toBe('A passkey was removed')
})

test('an owner is told of a second factor that is turned on or off, and of new recovery codes, but no code', async () => {
  const account = await newReader()
  const { uri } = totpEnrolmentSchema.parse(await (await account.send('POST', '/auth/totp')).json())
  const code = URI.parse(uri).generate({ timestamp: server.clock.now } as never)
  expect((await problemFrom(await account.send('POST', '/auth/totp/confirm', { code: '000000' }))).code).toBe(
    'wrong-code',
  )
  await account.send('POST', '/auth/totp/confirm', { code })
  expect((await told(account, '/settings/sign-in')).subject).toBe('Two-step sign-in is on')
  const renewed = await account.send('POST', '/auth/recovery-codes', { password: account.password })
  const { recoveryCodes } = recoveryCodesSchema.parse(await renewed.json())
  const codes = await told(account, '/settings/sign-in')
  expect(codes.subject).toBe('New recovery codes')
  for (const each of recoveryCodes) expect(codes.text).not.toContain(each)
  await account.send('POST', '/auth/totp/remove', { password: account.password })
  expect((await told(account, '/settings/sign-in')).subject).toBe('Two-step sign-in is off')
})

test('an owner is told of a provider that comes or goes, and of a first password', async () => {
  const browser = createTestBrowser(ORIGIN, server.url)
  const account = { email: `${crypto.randomUUID()}@example.org` }
  acme.accounts.set('first', { email: account.email, email_verified: true, name: TYPED })
  await browser.open(await browser.signIn(`${ORIGIN}/api/v1/auth/oidc/acme/start`, 'first'))
  const { accessToken } = await sessionFrom(await browser.request('/auth/refresh', { method: 'POST' }))
  const linked = await told(account, '/settings/sign-in')
  expect(linked.subject).toBe('Another service signs in to your account')
  expect(linked.text).not.toContain('evil')

  const unlink = () => sendAs(server.url, accessToken, 'DELETE', '/auth/identities/acme')
  expect((await problemFrom(await unlink())).code).toBe('last-sign-in-method')
  await sendAs(server.url, accessToken, 'POST', '/auth/password', { password: 'correct horse' })
  expect((await told(account, '/settings/sign-in')).subject).toBe('Your account has a password now')
  expect((await unlink()).status).toBe(204)
  expect((await told(account, '/settings/sign-in')).subject).toBe('A service no longer signs in to your account')
})

test('an owner is told of a provider linked by somebody signed in', async () => {
  const account = await newReader()
  const browser = createTestBrowser(ORIGIN, server.url)
  acme.accounts.set('second', { email: 'second@example.org', email_verified: true })
  const begun = await browser.request('/auth/identities/acme', { method: 'POST', token: account.token, body: {} })
  const { authorizationUrl } = linkResponseSchema.parse(await begun.json())
  await browser.open(await browser.signIn(authorizationUrl, 'second'))
  expect((await told(account, '/settings/sign-in')).subject).toBe('Another service signs in to your account')
})

test('an owner is told of an API key, in the language of whoever made it and without the key or its name', async () => {
  const account = await newReader()
  const key = await makeKey(account, 'de')
  const mail = await told(account, '/settings/keys')
  expect(mail.subject).toBe('Ein API-Schlüssel wurde erstellt')
  expect(mail.text).not.toContain(key.slice(-20))
  expect(mail.text).not.toContain('evil')
  expect(mail.headers.has('bcc')).toBe(false)
})

test('a changed password keeps API keys, a reset one ends them all, and the mail says which', async () => {
  const account = await newReader()
  const bystander = await newReader()
  const key = await makeKey(account)
  const kept = await makeKey(bystander)
  await mailServer.next(account.email)
  const works = async (each: string) => (await server.get('/api/v1/workspaces', each)).status
  const change = { currentPassword: account.password, newPassword: 'another horse' }
  expect((await account.send('POST', '/auth/password/change', change)).status).toBe(204)
  expect((await told(account, '/forgot-password')).subject).toBe('Your password was changed')
  expect(await works(key)).toBe(200)

  await server.post('/api/v1/auth/password/forgot', { email: account.email })
  const token = /#token=([\w-]{43})\s/.exec((await mailServer.next(account.email)).text)?.[1]
  const reset = await server.post('/api/v1/auth/password/reset', { token, password: 'a third horse' })
  expect(reset.status).toBe(204)
  const mail = await told(account, '/forgot-password')
  expect([mail.subject, mail.text.includes('all API keys were ended')]).toEqual(['You have a new password', true])
  expect([await works(key), await works(kept)]).toEqual([401, 200])
  const { rows } = await server.database.pool.query(
    "select details from security_events where user_id = $1 and kind = 'api-key-revoked'",
    [account.userId],
  )
  expect(rows).toEqual([{ details: { apiKeyId: key.split('_')[1] } }])
})

test('what is refused or changes nothing is not told', async () => {
  const account = await newReader()
  expect((await account.send('DELETE', `/auth/passkeys/${'0'.repeat(26)}`)).status).toBe(404)
  expect((await account.send('DELETE', '/auth/identities/acme')).status).toBe(404)
  expect((await account.send('POST', '/auth/password', { password: 'a third horse' })).status).toBe(409)
  await makeKey(account)
  // The queue is worked off in order: what was told of before would come first.
  expect((await told(account, '/settings/keys')).subject).toBe('An API key was made')
})
