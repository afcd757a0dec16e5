import { createHash, randomBytes } from 'node:crypto'
import { linkResponseSchema, signInMethodsSchema, signInOptionsSchema } from '@questlog/shared/protocol/sign-in-methods'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../testing/server.ts'
import {
  newAccount,
  problemFrom,
  sendAs,
  sessionFrom,
  type TestAccount,
} from '../sign-in-methods/testing/account-client.ts'
import { type ProviderAccount, startProvider, type TestProvider } from './testing/start-provider.ts'
import { createTestBrowser, type TestBrowser } from './testing/test-browser.ts'

const ORIGIN = 'https://quests.example.org'

let acme: TestProvider
let other: TestProvider
let server: TestServer
beforeAll(async () => {
  acme = await startProvider(ORIGIN, { id: 'acme' })
  other = await startProvider(ORIGIN, { id: 'other', profile: 'id-token' })
  const gone = { ...acme.settings, id: 'gone', issuer: 'http://127.0.0.1:9' }
  server = await startTestServer({
    PUBLIC_URL: ORIGIN,
    OIDC_PROVIDERS: JSON.stringify([acme.settings, other.settings, gone]),
  })
})
afterAll(async () => {
  await server.stop()
  await Promise.all([acme.stop(), other.stop()])
})

const code = async (response: Promise<Response>) => (await problemFrom(await response)).code
const newBrowser = () => createTestBrowser(ORIGIN, server.url)
const startUrl = (provider = 'acme', query = '') => `${ORIGIN}/api/v1/auth/oidc/${provider}/start${query}`

function person(account: ProviderAccount = {}, provider = acme): { subject: string; email: string } {
  const subject = randomBytes(6).toString('hex')
  const email = account.email ?? `${subject}@example.org`
  provider.accounts.set(subject, { email, email_verified: true, name: 'Ana', ...account })
  return { subject, email }
}

/** Where the app is opened, and what it is told. */
async function land(browser: TestBrowser, callback: string): Promise<Readonly<Record<string, string>>> {
  const { status, location } = await browser.open(callback)
  const url = new URL(location ?? '')
  expect([status, url.origin]).toEqual([302, ORIGIN])
  return { path: url.pathname + url.search, ...Object.fromEntries(new URLSearchParams(url.hash.slice(1))) }
}

async function visit(subject: string, provider = 'acme', browser = newBrowser()) {
  return land(browser, await browser.signIn(startUrl(provider), subject))
}

async function sessionOf(browser: TestBrowser) {
  return sessionFrom(await browser.request('/auth/refresh', { method: 'POST' }))
}

async function verified(account: TestAccount): Promise<TestAccount> {
  await server.database.pool.query('update users set email_verified_at = now() where id = $1', [account.userId])
  return account
}

async function methodsOf(token: string) {
  return signInMethodsSchema.parse(await (await server.get('/api/v1/auth/methods', token)).json())
}

const refused = (reason: string, provider = 'acme') => ({ path: '/', 'sign-in': 'refused', reason, provider })

test.each(['acme', 'other'])('a person new here gets an account without a password, by %s', async (provider) => {
  const { subject, email } = person({}, provider === 'acme' ? acme : other)
  const browser = newBrowser()
  expect(await visit(subject, provider, browser)).toEqual({ path: '/', 'sign-in': 'done' })
  const { user, accessToken } = await sessionOf(browser)
  expect(user).toMatchObject({ email, displayName: 'Ana', emailVerified: true })
  expect(await methodsOf(accessToken)).toMatchObject({ password: false, identities: [{ id: provider, email }] })
  const workspaces = await (await server.get('/api/v1/workspaces', accessToken)).json()
  expect(workspaces).toMatchObject({ items: [{ kind: 'personal', role: 'owner' }] })
})

test('the same person comes back to the same account, whatever the e-mail says by then', async () => {
  const { subject } = person()
  const first = newBrowser()
  await visit(subject, 'acme', first)
  acme.accounts.set(subject, { email: 'moved@example.org', email_verified: false })
  const second = newBrowser()
  expect(await visit(subject, 'acme', second)).toMatchObject({ 'sign-in': 'done' })
  expect((await sessionOf(second)).user.id).toBe((await sessionOf(first)).user.id)
})

test('one subject of two providers is two persons', async () => {
  const { subject } = person()
  other.accounts.set(subject, { email: `${subject}@elsewhere.example`, email_verified: true })
  const browsers = [newBrowser(), newBrowser()] as const
  await visit(subject, 'acme', browsers[0])
  await visit(subject, 'other', browsers[1])
  expect((await sessionOf(browsers[0])).user.id).not.toBe((await sessionOf(browsers[1])).user.id)
})

test('an account is found by its e-mail only when both sides verified the address', async () => {
  const unverifiedHere = await newAccount(server)
  const first = person({ email: unverifiedHere.email })
  expect(await visit(first.subject)).toEqual(refused('link-required'))

  const here = await verified(await newAccount(server))
  const unverifiedThere = person({ email: here.email, email_verified: false })
  expect(await visit(unverifiedThere.subject)).toEqual(refused('email-unverified'))
  const asText = person({ email: here.email, email_verified: 'true' as never })
  expect(await visit(asText.subject)).toEqual(refused('email-unverified'))

  const both = person({ email: here.email.toUpperCase() })
  const browser = newBrowser()
  expect(await visit(both.subject, 'acme', browser)).toMatchObject({ 'sign-in': 'done' })
  expect((await sessionOf(browser)).user.id).toBe(here.userId)
  expect((await methodsOf(here.token)).password).toBe(true)
})

test('a second identity of the same provider does not take an account over by its e-mail', async () => {
  const here = await verified(await newAccount(server))
  await visit(person({ email: here.email }).subject)
  expect(await visit(person({ email: here.email }).subject)).toEqual(refused('already-linked'))
})

test('a provider that knows no e-mail makes no account', async () => {
  const { subject } = person()
  acme.accounts.set(subject, {})
  expect(await visit(subject)).toEqual(refused('email-unverified'))
})

test('a server closed to new accounts makes none by a provider either', async () => {
  const closed = await startTestServer({
    PUBLIC_URL: ORIGIN,
    REGISTRATION: 'closed',
    OIDC_PROVIDERS: JSON.stringify([acme.settings]),
  })
  const browser = createTestBrowser(ORIGIN, closed.url)
  expect(await visit(person().subject, 'acme', browser)).toEqual(refused('registration-closed'))
  await closed.stop()
})

test('an account with a second factor is asked for it after the provider, and a disabled one is not let in', async () => {
  const { subject } = person()
  const browser = newBrowser()
  await visit(subject, 'acme', browser)
  const { user } = await sessionOf(browser)
  const insert = "insert into totp_secrets values ($1, '\\x00', false, now(), now(), 0)"
  await server.database.pool.query(insert, [user.id])
  const fresh = newBrowser()
  expect(await visit(subject, 'acme', fresh)).toEqual({
    path: '/',
    'sign-in': 'second-factor',
    challenge: expect.any(String),
  })
  expect(await code(fresh.request('/auth/refresh', { method: 'POST' }))).toBe('signed-out')
  await server.database.pool.query('update users set disabled_at = now() where id = $1', [user.id])
  expect(await visit(subject)).toEqual(refused('account-disabled'))
})

test('a callback is good once, in the browser that began, for the provider it began with, for ten minutes', async () => {
  const { subject } = person()
  const browser = newBrowser()
  const done = await browser.signIn(startUrl(), subject)
  expect(await land(browser, done)).toMatchObject({ 'sign-in': 'done' })
  expect(await land(browser, done)).toEqual(refused('expired'))

  const stolen = await browser.signIn(startUrl(), subject)
  const thief = newBrowser()
  await thief.open(startUrl())
  expect(await land(thief, stolen)).toEqual(refused('expired'))
  expect(await land(browser, stolen)).toEqual(refused('expired'))

  const mixed = await browser.signIn(startUrl(), subject)
  expect(await land(browser, mixed.replace('/acme/', '/other/'))).toEqual(refused('expired', 'other'))

  const late = await browser.signIn(startUrl(), subject)
  server.clock.now += 10 * 60_000 + 1
  expect(await land(browser, late)).toEqual(refused('expired'))
})

test.each([
  ['another state', (url: URL) => url.searchParams.set('state', 'A'.repeat(43)), 'expired'],
  ['no state', (url: URL) => url.searchParams.delete('state'), 'expired'],
  ['another code', (url: URL) => url.searchParams.set('code', 'A'.repeat(43)), 'provider-refused'],
  ['no code', (url: URL) => url.searchParams.delete('code'), 'provider-refused'],
  ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example'), 'provider-refused'],
  ['no issuer, where one is promised', (url: URL) => url.searchParams.delete('iss'), 'provider-refused'],
  ['two states', (url: URL) => url.searchParams.append('state', 'A'), 'expired'],
])('a callback with %s signs nobody in', async (what, tamper, reason) => {
  const browser = newBrowser()
  const url = new URL(await browser.signIn(startUrl(), person().subject))
  tamper(url)
  if (what === 'two states') {
    expect((await browser.open(url.href)).status).toBe(400)
  } else {
    expect(await land(browser, url.href)).toEqual(refused(reason))
  }
  expect(await code(browser.request('/auth/refresh', { method: 'POST' }))).toBe('signed-out')
})

test('a code of another sign-in is refused: by PKCE, and by the nonce alone', async () => {
  const victim = newBrowser()
  const stolen = new URL(await victim.signIn(startUrl(), person().subject)).searchParams.get('code') ?? ''
  const thief = newBrowser()
  const own = new URL(await thief.signIn(startUrl(), person().subject))
  own.searchParams.set('code', stolen)
  expect(await land(thief, own.href)).toEqual(refused('provider-refused'))

  for (const field of ['nonce', 'codeVerifier']) {
    const browser = newBrowser()
    const callback = await browser.signIn(startUrl(), person().subject)
    await server.database.pool.query(
      "update sign_in_challenges set content = jsonb_set(content, $1, to_jsonb($2::text)) where purpose = 'oidc-sign-in'",
      [[field], randomBytes(32).toString('base64url')],
    )
    expect([field, await land(browser, callback)]).toEqual([field, refused('provider-refused')])
  }
})

test('what the person or the provider refuses is told, and a provider that is away', async () => {
  const browser = newBrowser()
  const begun = new URL((await browser.open(startUrl())).location ?? '')
  const state = begun.searchParams.get('state')
  const callback = new URL(begun.searchParams.get('redirect_uri') ?? '')
  callback.search = `${new URLSearchParams({ error: 'access_denied', state: state ?? '', iss: acme.settings.issuer })}`
  expect(await land(browser, callback.href)).toEqual(refused('provider-refused'))
  expect(await land(browser, startUrl('gone'))).toEqual(refused('provider-unavailable', 'gone'))
  const account = await newAccount(server)
  expect(await code(account.send('POST', '/auth/identities/gone'))).toBe('unavailable')
  expect((await browser.open(startUrl('unknown'))).status).toBe(404)
})

test('every sign-in has a state, a nonce and a challenge of its own', async () => {
  const browser = newBrowser()
  const asked = await Promise.all(
    [1, 2].map(async () => new URL((await browser.open(startUrl())).location ?? '').searchParams),
  )
  for (const name of ['state', 'nonce', 'code_challenge']) {
    const values = asked.map((parameters) => parameters.get(name) ?? '')
    expect([name, new Set(values).size, Math.min(...values.map(({ length }) => length))]).toEqual([name, 2, 43])
  }
  expect(asked[0]?.get('code_challenge_method')).toBe('S256')
})

test('the app is opened where it was left', async () => {
  const browser = newBrowser()
  const callback = await browser.signIn(startUrl('acme', '?returnTo=/today%3Fquest=1'), person().subject)
  expect(await land(browser, callback)).toEqual({ path: '/today?quest=1', 'sign-in': 'done' })
})

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  'javascript:alert(1)',
  'today',
  '',
])('nobody is sent to %j', async (returnTo) => {
  const query = `?returnTo=${encodeURIComponent(returnTo)}`
  expect((await newBrowser().open(startUrl('acme', query))).status).toBe(400)
  const account = await newAccount(server)
  expect(await code(account.send('POST', '/auth/identities/acme', { returnTo }))).toBe('invalid-request')
})

test('a start that another site caused is refused', async () => {
  const response = fetch(`${server.url}/api/v1/auth/oidc/acme/start`, { headers: { 'sec-fetch-site': 'cross-site' } })
  expect(await code(response)).toBe('cross-site')
})

const verifier = randomBytes(32).toString('base64url')
const codeChallenge = createHash('sha256').update(verifier).digest('base64url')
const nativeQuery = (redirectUri = 'http://127.0.0.1:50123/done') =>
  `?${new URLSearchParams({ redirectUri, codeChallenge })}`
const exchange = (sent: string, codeVerifier = verifier) =>
  server.post('/api/v1/auth/oidc/exchange', { code: sent, codeVerifier })

async function nativeCode(subject: string): Promise<string> {
  const browser = newBrowser()
  const { location } = await browser.open(await browser.signIn(startUrl('acme', nativeQuery()), subject))
  expect(location).toMatch(/^http:\/\/127\.0\.0\.1:50123\/done\?code=[\w-]{43}$/)
  expect(await code(browser.request('/auth/refresh', { method: 'POST' }))).toBe('signed-out')
  return new URL(location ?? '').searchParams.get('code') ?? ''
}

test('a native client gets its session for a code only it can exchange, once, within a minute', async () => {
  const { subject, email } = person()
  const exchanged = await nativeCode(subject)
  const session = await sessionFrom(await exchange(exchanged))
  expect([session.user.email, session.refreshToken]).toEqual([email, expect.any(String)])
  expect(await code(exchange(exchanged))).toBe('challenge-expired')
  const stolen = await nativeCode(subject)
  expect(await code(exchange(stolen, 'A'.repeat(43)))).toBe('challenge-expired')
  expect(await code(exchange(stolen))).toBe('challenge-expired')
  const late = await nativeCode(subject)
  server.clock.now += 60_001
  expect(await code(exchange(late))).toBe('challenge-expired')
})

test.each([
  'https://evil.example/',
  'http://127.0.0.1.evil.example/',
  'http://localhost:50123/',
  'http://127.0.0.1@evil.example/',
  'http://user:word@127.0.0.1/',
  'https://127.0.0.1:50123/',
  'questlog://done',
  'http://127.0.0.1/?next=x',
  'http://127.0.0.1/#x',
])('no code is sent to %s', async (redirectUri) => {
  expect((await newBrowser().open(startUrl('acme', nativeQuery(redirectUri)))).status).toBe(400)
})

test('a native sign-in names both its address and its challenge', async () => {
  for (const query of ['?redirectUri=http://127.0.0.1:1/', `?codeChallenge=${codeChallenge}`]) {
    expect((await newBrowser().open(startUrl('acme', query))).status).toBe(400)
  }
})

async function link(account: TestAccount, subject: string, browser = newBrowser()) {
  const begun = await browser.request('/auth/identities/acme', {
    method: 'POST',
    token: account.token,
    body: { returnTo: '/settings' },
  })
  const { authorizationUrl } = linkResponseSchema.parse(await begun.json())
  return browser.signIn(authorizationUrl, subject)
}

test('somebody signed in links a provider, whatever e-mail it knows, and takes the link away', async () => {
  const account = await newAccount(server)
  const { subject, email } = person({ email_verified: false })
  const browser = newBrowser()
  const callback = await link(account, subject, browser)
  expect(await land(browser, callback)).toEqual({ path: '/settings', 'sign-in': 'linked', provider: 'acme' })
  expect((await methodsOf(account.token)).identities).toMatchObject([{ id: 'acme', name: 'ACME', email }])
  const returning = newBrowser()
  await visit(subject, 'acme', returning)
  expect((await sessionOf(returning)).user.id).toBe(account.userId)

  expect((await account.send('DELETE', '/auth/identities/acme')).status).toBe(204)
  expect(await code(account.send('DELETE', '/auth/identities/acme'))).toBe('not-found')
  expect((await methodsOf(account.token)).identities).toEqual([])
})

test('an identity belongs to one account, and an account to one identity of a provider', async () => {
  const account = await newAccount(server)
  const { subject } = person()
  await visit(subject)
  const linkAs = async (as: string) => {
    const browser = newBrowser()
    return land(browser, await link(account, as, browser))
  }
  expect(await linkAs(subject)).toMatchObject({ reason: 'identity-taken' })
  const own = person().subject
  expect(await linkAs(own)).toMatchObject({ 'sign-in': 'linked' })
  expect(await linkAs(own)).toMatchObject({ 'sign-in': 'linked' })
  expect(await linkAs(person().subject)).toMatchObject({ reason: 'already-linked' })
})

test('nobody is made to link their identity to the account of another', async () => {
  const thief = await newAccount(server)
  const thiefs = newBrowser()
  const begun = await thiefs.request('/auth/identities/acme', { method: 'POST', token: thief.token })
  const { authorizationUrl } = linkResponseSchema.parse(await begun.json())
  const victims = newBrowser()
  expect(await land(victims, await victims.signIn(authorizationUrl, person().subject))).toEqual(refused('expired'))
  expect((await methodsOf(thief.token)).identities).toEqual([])
})

test('a link is not finished after its device signed out, nor begun long after it signed in', async () => {
  const account = await newAccount(server)
  const browser = newBrowser()
  const callback = await link(account, person().subject, browser)
  await account.send('POST', '/auth/logout')
  expect(await land(browser, callback)).toMatchObject({ 'sign-in': 'refused', reason: 'expired' })
  const old = await newAccount(server)
  server.clock.now += 11 * 60_000
  expect(await code(old.send('POST', '/auth/identities/acme'))).toBe('sign-in-too-old')
})

test('the only way to sign in stays until there is another', async () => {
  const { subject } = person()
  const browser = newBrowser()
  await visit(subject, 'acme', browser)
  const { accessToken } = await sessionOf(browser)
  const unlink = () => sendAs(server.url, accessToken, 'DELETE', '/auth/identities/acme')
  expect(await code(unlink())).toBe('last-sign-in-method')
  const guessable = sendAs(server.url, accessToken, 'POST', '/auth/password', { password: 'password123' })
  expect(await code(guessable)).toBe('invalid-request')
  await sendAs(server.url, accessToken, 'POST', '/auth/password', { password: 'correct horse' })
  expect((await unlink()).status).toBe(204)
})

test('the sign-in screen learns which providers there are', async () => {
  const options = signInOptionsSchema.parse(await (await server.get('/api/v1/auth/options')).json())
  expect(options).toEqual({
    passkeys: true,
    providers: [
      { id: 'acme', name: 'ACME' },
      { id: 'other', name: 'OTHER' },
      { id: 'gone', name: 'ACME' },
    ],
  })
})

test('without a public address providers work on the machine itself only', async () => {
  const local = await startTestServer({ TRUST_PROXY: 'true', OIDC_PROVIDERS: JSON.stringify([acme.settings]) })
  const start = (headers: Record<string, string>) =>
    fetch(`${local.url}/api/v1/auth/oidc/acme/start`, { headers, redirect: 'manual' })
  expect(await code(start({ 'x-forwarded-host': 'evil.example' }))).toBe('sign-in-method-unavailable')
  const redirect = new URL((await start({})).headers.get('location') ?? '').searchParams.get('redirect_uri')
  expect(redirect).toBe(`${local.url}/api/v1/auth/oidc/acme/callback`)
  await local.stop()
})

test('linking and unlinking are kept among the security events', async () => {
  const account = await newAccount(server)
  const browser = newBrowser()
  await land(browser, await link(account, person().subject, browser))
  server.clock.now += 1
  await account.send('DELETE', '/auth/identities/acme')
  const { rows } = await server.database.pool.query(
    "select kind, actor_id, details from security_events where user_id = $1 and kind like 'identity%' order by id",
    [account.userId],
  )
  expect(rows).toEqual([
    { kind: 'identity-linked', actor_id: account.userId, details: { provider: 'acme' } },
    { kind: 'identity-unlinked', actor_id: account.userId, details: { provider: 'acme' } },
  ])
})
