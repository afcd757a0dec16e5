import { randomBytes } from 'node:crypto'
import { linkResponseSchema } from '@questlog/shared/protocol/sign-in-methods'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer } from '../../testing/server.ts'
import { newAccount } from '../sign-in-methods/testing/account-client.ts'
import {
  codeOf,
  land,
  nativeQuery,
  type OidcSite,
  refused,
  sessionOf,
  startOidcSite,
  startUrl,
} from './testing/oidc-site.ts'

let site: OidcSite
beforeAll(async () => {
  site = await startOidcSite()
})
afterAll(() => site.stop())

/** Nothing is known of the visit, so there is nowhere to go back to but where people sign in. */
const stale = (provider = 'acme') => refused('expired', { provider, path: '/sign-in' })

test('an account is found by its e-mail only when both sides verified the address', async () => {
  const unverifiedHere = await newAccount(site.server)
  const first = site.person({ email: unverifiedHere.email })
  expect(await site.visit(first.subject)).toEqual(refused('link-required'))

  const here = await site.verifiedAccount()
  const unverifiedThere = site.person({ email: here.email, email_verified: false })
  expect(await site.visit(unverifiedThere.subject)).toEqual(refused('email-unverified'))
  const asText = site.person({ email: here.email, email_verified: 'true' as never })
  expect(await site.visit(asText.subject)).toEqual(refused('email-unverified'))

  const both = site.person({ email: here.email.toUpperCase() })
  const browser = site.newBrowser()
  expect(await site.visit(both.subject, 'acme', browser)).toMatchObject({ 'sign-in': 'done' })
  expect((await sessionOf(browser)).user.id).toBe(here.userId)
  expect((await site.methodsOf(here.token)).password).toBe(true)
})

test('a second identity of the same provider does not take an account over by its e-mail', async () => {
  const here = await site.verifiedAccount()
  await site.visit(site.person({ email: here.email }).subject)
  expect(await site.visit(site.person({ email: here.email }).subject)).toEqual(refused('already-linked'))
})

test('a callback is good once, in the browser that began, for the provider it began with, for ten minutes', async () => {
  const { subject } = site.person()
  const browser = site.newBrowser()
  const done = await browser.signIn(startUrl(), subject)
  expect(await land(browser, done)).toMatchObject({ 'sign-in': 'done' })
  expect(await land(browser, done)).toEqual(stale())

  const stolen = await browser.signIn(startUrl(), subject)
  const thief = site.newBrowser()
  await thief.open(startUrl())
  expect(await land(thief, stolen)).toEqual(stale())
  expect(await land(browser, stolen)).toEqual(stale())

  const mixed = await browser.signIn(startUrl(), subject)
  expect(await land(browser, mixed.replace('/acme/', '/other/'))).toEqual(stale('other'))

  const late = await browser.signIn(startUrl(), subject)
  site.server.clock.now += 10 * 60_000 + 1
  expect(await land(browser, late)).toEqual(stale())
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
  const browser = site.newBrowser()
  const url = new URL(await browser.signIn(startUrl(), site.person().subject))
  tamper(url)
  if (what === 'two states') {
    expect((await browser.open(url.href)).status).toBe(400)
  } else {
    expect(await land(browser, url.href)).toEqual(reason === 'expired' ? stale() : refused(reason))
  }
  expect(await codeOf(browser.request('/auth/refresh', { method: 'POST' }))).toBe('signed-out')
})

test('a code of another sign-in is refused: by PKCE, and by the nonce alone', async () => {
  const victim = site.newBrowser()
  const stolen = new URL(await victim.signIn(startUrl(), site.person().subject)).searchParams.get('code') ?? ''
  const thief = site.newBrowser()
  const own = new URL(await thief.signIn(startUrl(), site.person().subject))
  own.searchParams.set('code', stolen)
  expect(await land(thief, own.href)).toEqual(refused('provider-refused'))

  for (const field of ['nonce', 'codeVerifier']) {
    const browser = site.newBrowser()
    const callback = await browser.signIn(startUrl(), site.person().subject)
    await site.server.database.pool.query(
      "update sign_in_challenges set content = jsonb_set(content, $1, to_jsonb($2::text)) where purpose = 'oidc-sign-in'",
      [[field], randomBytes(32).toString('base64url')],
    )
    expect([field, await land(browser, callback)]).toEqual([field, refused('provider-refused')])
  }
})

test('every sign-in has a state, a nonce and a challenge of its own', async () => {
  const browser = site.newBrowser()
  const asked = await Promise.all(
    [1, 2].map(async () => new URL((await browser.open(startUrl())).location ?? '').searchParams),
  )
  for (const name of ['state', 'nonce', 'code_challenge']) {
    const values = asked.map((parameters) => parameters.get(name) ?? '')
    expect([name, new Set(values).size, Math.min(...values.map(({ length }) => length))]).toEqual([name, 2, 43])
  }
  expect(asked[0]?.get('code_challenge_method')).toBe('S256')
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
  expect((await site.newBrowser().open(startUrl('acme', query))).status).toBe(400)
  const account = await newAccount(site.server)
  expect(await codeOf(account.send('POST', '/auth/identities/acme', { returnTo }))).toBe('invalid-request')
})

test('a start that another site caused is refused', async () => {
  const response = fetch(`${site.server.url}/api/v1/auth/oidc/acme/start`, {
    headers: { 'sec-fetch-site': 'cross-site' },
  })
  expect(await codeOf(response)).toBe('cross-site')
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
  expect((await site.newBrowser().open(startUrl('acme', nativeQuery('A'.repeat(43), redirectUri)))).status).toBe(400)
})

test('nobody is made to link their identity to the account of another', async () => {
  const thief = await newAccount(site.server)
  const thiefs = site.newBrowser()
  const begun = await thiefs.request('/auth/identities/acme', { method: 'POST', token: thief.token })
  const { authorizationUrl } = linkResponseSchema.parse(await begun.json())
  const victims = site.newBrowser()
  expect(await land(victims, await victims.signIn(authorizationUrl, site.person().subject))).toEqual(stale())
  expect((await site.methodsOf(thief.token)).identities).toEqual([])
})

test('a link is not finished after its device signed out, nor begun long after it signed in', async () => {
  const account = await newAccount(site.server)
  const browser = site.newBrowser()
  const callback = await site.link(account, site.person().subject, browser)
  await account.send('POST', '/auth/logout')
  expect(await land(browser, callback)).toMatchObject({ 'sign-in': 'refused', reason: 'expired' })
  const old = await newAccount(site.server)
  site.server.clock.now += 11 * 60_000
  expect(await codeOf(old.send('POST', '/auth/identities/acme'))).toBe('sign-in-too-old')
})

test('without a public address providers work on the machine itself only', async () => {
  const local = await startTestServer({ TRUST_PROXY: 'true', OIDC_PROVIDERS: JSON.stringify([site.acme.settings]) })
  const start = (headers: Record<string, string>) =>
    fetch(`${local.url}/api/v1/auth/oidc/acme/start`, { headers, redirect: 'manual' })
  expect(await codeOf(start({ 'x-forwarded-host': 'evil.example' }))).toBe('sign-in-method-unavailable')
  const redirect = new URL((await start({})).headers.get('location') ?? '').searchParams.get('redirect_uri')
  expect(redirect).toBe(`${local.url}/api/v1/auth/oidc/acme/callback`)
  await local.stop()
})
