import { createHash, randomBytes } from 'node:crypto'
import { signInOptionsSchema } from '@questlog/shared/protocol/sign-in-methods'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer } from '../../testing/server.ts'
import { newAccount, sendAs, sessionFrom } from '../sign-in-methods/testing/account-client.ts'
import {
  codeOf,
  land,
  nativeQuery,
  type OidcSite,
  ORIGIN,
  refused,
  sessionOf,
  startOidcSite,
  startUrl,
} from './testing/oidc-site.ts'
import { createTestBrowser } from './testing/test-browser.ts'

let site: OidcSite
beforeAll(async () => {
  site = await startOidcSite()
})
afterAll(() => site.stop())

test.each(['acme', 'other', 'half'] as const)(
  'a person new here gets an account without a password, by %s',
  async (provider) => {
    const { subject, email } = site.person({}, site[provider])
    const browser = site.newBrowser()
    expect(await site.visit(subject, provider, browser)).toEqual({ path: '/', 'sign-in': 'done' })
    const { user, accessToken } = await sessionOf(browser)
    expect(user).toMatchObject({ email, displayName: 'Ana', emailVerified: true })
    expect(await site.methodsOf(accessToken)).toMatchObject({ password: false, identities: [{ id: provider, email }] })
    const workspaces = await (await site.server.get('/api/v1/workspaces', accessToken)).json()
    expect(workspaces).toMatchObject({ items: [{ kind: 'personal', role: 'owner' }] })
  },
)

test('the same person comes back to the same account, whatever the e-mail says by then', async () => {
  const { subject } = site.person()
  const first = site.newBrowser()
  await site.visit(subject, 'acme', first)
  site.acme.accounts.set(subject, { email: 'moved@example.org', email_verified: false })
  const second = site.newBrowser()
  expect(await site.visit(subject, 'acme', second)).toMatchObject({ 'sign-in': 'done' })
  expect((await sessionOf(second)).user.id).toBe((await sessionOf(first)).user.id)
})

test('one subject of two providers is two persons', async () => {
  const { subject } = site.person()
  site.other.accounts.set(subject, { email: `${subject}@elsewhere.example`, email_verified: true })
  const browsers = [site.newBrowser(), site.newBrowser()] as const
  await site.visit(subject, 'acme', browsers[0])
  await site.visit(subject, 'other', browsers[1])
  expect((await sessionOf(browsers[0])).user.id).not.toBe((await sessionOf(browsers[1])).user.id)
})

test('a provider that knows no e-mail makes no account', async () => {
  const { subject } = site.person()
  site.acme.accounts.set(subject, {})
  expect(await site.visit(subject)).toEqual(refused('email-unverified'))
})

test('a server closed to new accounts makes none by a provider either', async () => {
  const closed = await startTestServer({
    PUBLIC_URL: ORIGIN,
    REGISTRATION: 'closed',
    OIDC_PROVIDERS: JSON.stringify([site.acme.settings]),
  })
  const browser = createTestBrowser(ORIGIN, closed.url)
  expect(await site.visit(site.person().subject, 'acme', browser)).toEqual(refused('registration-closed'))
  await closed.stop()
})

test('an account with a second factor is asked for it after the provider, and a disabled one is not let in', async () => {
  const { subject } = site.person()
  const browser = site.newBrowser()
  await site.visit(subject, 'acme', browser)
  const { user } = await sessionOf(browser)
  const insert = "insert into totp_secrets values ($1, '\\x00', false, now(), now(), 0)"
  await site.server.database.pool.query(insert, [user.id])
  const fresh = site.newBrowser()
  expect(await site.visit(subject, 'acme', fresh)).toEqual({
    path: '/',
    'sign-in': 'second-factor',
    challenge: expect.any(String),
  })
  expect(await codeOf(fresh.request('/auth/refresh', { method: 'POST' }))).toBe('signed-out')
  await site.server.database.pool.query('update users set disabled_at = now() where id = $1', [user.id])
  expect(await site.visit(subject)).toEqual(refused('account-disabled'))
})

test('what the person or the provider refuses is told, and a provider that is away', async () => {
  const browser = site.newBrowser()
  const begun = new URL((await browser.open(startUrl())).location ?? '')
  const state = begun.searchParams.get('state')
  const callback = new URL(begun.searchParams.get('redirect_uri') ?? '')
  callback.search = `${new URLSearchParams({ error: 'access_denied', state: state ?? '', iss: site.acme.settings.issuer })}`
  expect(await land(browser, callback.href)).toEqual(refused('provider-refused'))
  expect(await land(browser, startUrl('gone'))).toEqual(refused('provider-unavailable', { provider: 'gone' }))
  const account = await newAccount(site.server)
  expect(await codeOf(account.send('POST', '/auth/identities/gone'))).toBe('provider-unavailable')
  expect((await browser.open(startUrl('unknown'))).status).toBe(404)
})

test('the app is opened where it was left', async () => {
  const browser = site.newBrowser()
  const callback = await browser.signIn(startUrl('acme', '?returnTo=/today%3Fquest=1'), site.person().subject)
  expect(await land(browser, callback)).toEqual({ path: '/today?quest=1', 'sign-in': 'done' })
})

const verifier = randomBytes(32).toString('base64url')
const codeChallenge = createHash('sha256').update(verifier).digest('base64url')
const exchange = (sent: string, codeVerifier = verifier) =>
  site.server.post('/api/v1/auth/oidc/exchange', { code: sent, codeVerifier })

async function nativeCode(subject: string): Promise<string> {
  const browser = site.newBrowser()
  const { location } = await browser.open(await browser.signIn(startUrl('acme', nativeQuery(codeChallenge)), subject))
  expect(location).toMatch(/^http:\/\/127\.0\.0\.1:50123\/done\?code=[\w-]{43}$/)
  expect(await codeOf(browser.request('/auth/refresh', { method: 'POST' }))).toBe('signed-out')
  return new URL(location ?? '').searchParams.get('code') ?? ''
}

test('a native client gets its session for a code only it can exchange, once, within a minute', async () => {
  const { subject, email } = site.person()
  const exchanged = await nativeCode(subject)
  const session = await sessionFrom(await exchange(exchanged))
  expect([session.user.email, session.refreshToken]).toEqual([email, expect.any(String)])
  expect(await codeOf(exchange(exchanged))).toBe('challenge-expired')
  const stolen = await nativeCode(subject)
  expect(await codeOf(exchange(stolen, 'A'.repeat(43)))).toBe('challenge-expired')
  expect(await codeOf(exchange(stolen))).toBe('challenge-expired')
  const late = await nativeCode(subject)
  site.server.clock.now += 60_001
  expect(await codeOf(exchange(late))).toBe('challenge-expired')
})

test('a native sign-in names both its address and its challenge', async () => {
  for (const query of ['?redirectUri=http://127.0.0.1:1/', `?codeChallenge=${codeChallenge}`]) {
    expect((await site.newBrowser().open(startUrl('acme', query))).status).toBe(400)
  }
})

test('somebody signed in links a provider, whatever e-mail it knows, and takes the link away', async () => {
  const account = await newAccount(site.server)
  const { subject, email } = site.person({ email_verified: false })
  const browser = site.newBrowser()
  const callback = await site.link(account, subject, browser)
  expect(await land(browser, callback)).toEqual({ path: '/settings', 'sign-in': 'linked', provider: 'acme' })
  expect((await site.methodsOf(account.token)).identities).toMatchObject([{ id: 'acme', name: 'ACME', email }])
  const returning = site.newBrowser()
  await site.visit(subject, 'acme', returning)
  expect((await sessionOf(returning)).user.id).toBe(account.userId)

  expect((await account.send('DELETE', '/auth/identities/acme')).status).toBe(204)
  expect(await codeOf(account.send('DELETE', '/auth/identities/acme'))).toBe('not-found')
  expect((await site.methodsOf(account.token)).identities).toEqual([])
})

test('an identity belongs to one account, and an account to one identity of a provider', async () => {
  const account = await newAccount(site.server)
  const { subject } = site.person()
  await site.visit(subject)
  const linkAs = async (as: string) => {
    const browser = site.newBrowser()
    return land(browser, await site.link(account, as, browser))
  }
  expect(await linkAs(subject)).toMatchObject({ reason: 'identity-taken' })
  const own = site.person().subject
  expect(await linkAs(own)).toMatchObject({ 'sign-in': 'linked' })
  expect(await linkAs(own)).toMatchObject({ 'sign-in': 'linked' })
  expect(await linkAs(site.person().subject)).toMatchObject({ reason: 'already-linked' })
})

test('the only way to sign in stays until there is another', async () => {
  const { subject } = site.person()
  const browser = site.newBrowser()
  await site.visit(subject, 'acme', browser)
  const { accessToken } = await sessionOf(browser)
  const unlink = () => sendAs(site.server.url, accessToken, 'DELETE', '/auth/identities/acme')
  expect(await codeOf(unlink())).toBe('last-sign-in-method')
  const guessable = sendAs(site.server.url, accessToken, 'POST', '/auth/password', { password: 'password123' })
  expect(await codeOf(guessable)).toBe('invalid-request')
  await sendAs(site.server.url, accessToken, 'POST', '/auth/password', { password: 'correct horse' })
  expect((await unlink()).status).toBe(204)
})

test('a provider that nobody configured any more is no way in, and may always be unlinked', async () => {
  const { subject } = site.person()
  const browser = site.newBrowser()
  await site.visit(subject, 'acme', browser)
  const { accessToken, user } = await sessionOf(browser)
  await site.server.database.pool.query(
    "insert into identities values ('https://former.example', 'x', 'former', $1, null, now())",
    [user.id],
  )
  const unlink = (provider: string) => sendAs(site.server.url, accessToken, 'DELETE', `/auth/identities/${provider}`)
  expect(await codeOf(unlink('acme'))).toBe('last-sign-in-method')
  expect((await unlink('former')).status).toBe(204)
})

test('the sign-in screen learns which providers there are', async () => {
  const options = signInOptionsSchema.parse(await (await site.server.get('/api/v1/auth/options')).json())
  expect(options).toEqual({
    passkeys: true,
    providers: [
      { id: 'acme', name: 'ACME' },
      { id: 'other', name: 'OTHER' },
      { id: 'half', name: 'HALF' },
      { id: 'gone', name: 'ACME' },
    ],
  })
})

test('linking and unlinking are kept among the security events', async () => {
  const account = await newAccount(site.server)
  const browser = site.newBrowser()
  await land(browser, await site.link(account, site.person().subject, browser))
  site.server.clock.now += 1
  await account.send('DELETE', '/auth/identities/acme')
  const { rows } = await site.server.database.pool.query(
    "select kind, actor_id, details from security_events where user_id = $1 and kind like 'identity%' order by id",
    [account.userId],
  )
  expect(rows).toEqual([
    { kind: 'identity-linked', actor_id: account.userId, details: { provider: 'acme' } },
    { kind: 'identity-unlinked', actor_id: account.userId, details: { provider: 'acme' } },
  ])
})
