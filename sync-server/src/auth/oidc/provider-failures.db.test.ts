import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../testing/server.ts'
import { newAccount } from '../sign-in-methods/testing/account-client.ts'
import { codeOf, land, ORIGIN, refused, sessionOf, startUrl } from './testing/oidc-site.ts'
import { startProvider, type TestProvider } from './testing/start-provider.ts'
import { createTestBrowser, type TestBrowser } from './testing/test-browser.ts'

const EMAIL = 'ana@example.org'

let provider: TestProvider
let server: TestServer
beforeEach(async () => {
  provider = await startProvider(ORIGIN, { id: 'acme', profile: 'half' })
  provider.accounts.set('ana', { email: EMAIL, email_verified: true })
  await serve()
})
afterEach(async () => {
  await server.stop()
  await provider.stop()
})

async function serve(settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const providers = [{ ...provider.settings, ...settings }]
  server = await startTestServer({ PUBLIC_URL: ORIGIN, OIDC_PROVIDERS: JSON.stringify(providers) })
}

async function serveAnew(settings: Readonly<Record<string, unknown>>): Promise<void> {
  await server.stop()
  await serve(settings)
}

const newBrowser = () => createTestBrowser(ORIGIN, server.url)

/** Signs in at the provider, which fails from `brokenBy` on; what the app is told. */
async function visit(browser: TestBrowser = newBrowser(), brokenBy: () => unknown = () => undefined) {
  const callback = await browser.signIn(startUrl(), 'ana')
  await brokenBy()
  return land(browser, callback)
}

const answers =
  (status: number, headers: Readonly<Record<string, string>> = {}, body = '') =>
  (response: ServerResponse) =>
    void response.writeHead(status, headers).end(body)

/** The warnings about the provider, which hold nothing of the person. */
function warnings(): readonly string[] {
  expect(
    server.logged.filter((line) => line.includes(EMAIL) || line.includes(provider.settings.clientSecret ?? '')),
  ).toEqual([])
  return server.logged.map((line) => JSON.parse(line)).map(({ step, msg }) => `${step}: ${msg}`)
}

const discovery = '/.well-known/openid-configuration'

test.each([
  [
    'a proxy that fails',
    answers(502),
    'provider-unavailable',
    'It answers 502: look at the provider, and at the proxy',
  ],
  [
    'a redirect',
    answers(301, { location: 'https://id.example.org/x' }),
    'provider-failed',
    'It answers 301 and sends on to https://id.example.org: issuer in OIDC_PROVIDERS must be the address',
  ],
  ['nothing there', answers(404), 'provider-failed', 'issuer in OIDC_PROVIDERS is the address before /.well-known'],
  ['a page', answers(200, { 'content-type': 'text/html' }, '<p>'), 'provider-failed', 'is not the provider itself'],
  [
    'another issuer',
    answers(200, { 'content-type': 'application/json' }, '{"issuer":"https://id.example.org/"}'),
    'provider-failed',
    'It calls itself https://id.example.org/, but issuer in OIDC_PROVIDERS is http://127.0.0.1:',
  ],
])('%s in place of the provider is said to the person and in the log', async (_what, answer, reason, advice) => {
  provider.inItsPlace.set(discovery, answer)
  expect(await land(newBrowser(), startUrl())).toEqual(refused(reason))
  const account = await newAccount(server)
  expect(await codeOf(account.send('POST', '/auth/identities/acme'))).toBe(reason)
  expect(warnings()).toEqual(Array(2).fill(expect.stringContaining(`discovery: The provider ACME failed.`)))
  expect(warnings()[0]).toContain(advice)
  provider.inItsPlace.clear()
  expect(await visit()).toMatchObject({ 'sign-in': 'done' })
})

test('a provider that cannot be reached is said to be so, with the reason', async () => {
  await serveAnew({ issuer: 'http://127.0.0.1:9' })
  expect(await land(newBrowser(), startUrl())).toEqual(refused('provider-unavailable'))
  expect(warnings()).toEqual([expect.stringMatching(/It cannot be reached \(.+\): check its address/)])
})

test('a wrong secret, a wrong clock and a provider that fails at the end are each said for what they are', async () => {
  expect(await visit(newBrowser(), () => provider.inItsPlace.set('/token', answers(503)))).toEqual(
    refused('provider-unavailable'),
  )
  provider.inItsPlace.clear()
  provider.clock.behindMs = 2 * 60 * 60_000
  expect(await visit()).toEqual(refused('provider-failed'))
  provider.clock.behindMs = 0
  expect(warnings()).toEqual([
    expect.stringContaining('sign-in: The provider ACME failed. It answers 503'),
    expect.stringContaining('sign-in: The provider ACME failed. Its token is out of time here: set the clock'),
  ])
  await serveAnew({ clientSecret: 'another' })
  expect(await visit()).toEqual(refused('provider-failed'))
  expect(warnings()).toEqual([expect.stringContaining('check clientId and clientSecret in OIDC_PROVIDERS')])
})

test('whoever turns back at the provider is no fault of anything', async () => {
  const browser = newBrowser()
  const begun = new URL((await browser.open(startUrl())).location ?? '')
  const back = new URL(begun.searchParams.get('redirect_uri') ?? '')
  const state = begun.searchParams.get('state') ?? ''
  back.search = `${new URLSearchParams({ error: 'access_denied', state, iss: provider.settings.issuer })}`
  expect(await land(browser, back.href)).toEqual(refused('provider-refused'))
  expect(warnings()).toEqual([])
})

test('without userinfo a known person comes in, and a new one is told what failed', async () => {
  const first = newBrowser()
  await visit(first)
  const breakUserinfo = () => provider.inItsPlace.set('/me', answers(502))
  const second = newBrowser()
  expect(await visit(second, breakUserinfo)).toMatchObject({ 'sign-in': 'done' })
  expect((await sessionOf(second)).user.id).toBe((await sessionOf(first)).user.id)
  const stranger = newBrowser()
  provider.accounts.set('ben', { email: 'ben@example.org', email_verified: true })
  expect(await land(stranger, await stranger.signIn(startUrl(), 'ben'))).toEqual(refused('provider-unavailable'))
  expect(warnings()).toEqual(
    Array(2).fill(expect.stringContaining('userinfo: The provider ACME failed. It answers 502')),
  )
})

test('an address is verified only by who says so of this address', async () => {
  const says = (claims: object) =>
    answers(200, { 'content-type': 'application/json' }, JSON.stringify({ sub: 'ana', ...claims }))
  for (const claims of [{ email_verified: false }, {}, { email: 'eve@example.org' }]) {
    expect(await visit(newBrowser(), () => provider.inItsPlace.set('/me', says(claims)))).toEqual(
      refused('email-unverified'),
    )
  }
  expect(
    await visit(newBrowser(), () => provider.inItsPlace.set('/me', says({ sub: 'eve', email_verified: true }))),
  ).toEqual(refused('provider-refused'))
  expect(await visit(newBrowser(), () => provider.inItsPlace.set('/me', says({ email_verified: true })))).toMatchObject(
    {
      'sign-in': 'done',
    },
  )
})
