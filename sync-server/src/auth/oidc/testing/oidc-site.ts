import { randomBytes } from 'node:crypto'
import { linkResponseSchema, signInMethodsSchema } from '@questlog/shared/protocol/sign-in-methods'
import { expect } from 'vitest'
import { startTestServer, type TestServer } from '../../../testing/server.ts'
import { newAccount, problemFrom, sessionFrom, type TestAccount } from '../../sign-in-methods/testing/account-client.ts'
import { type ProviderAccount, startProvider, type TestProvider } from './start-provider.ts'
import { createTestBrowser, type TestBrowser } from './test-browser.ts'

/** Where the server of these tests believes to be. */
export const ORIGIN = 'https://quests.example.org'

/** A server with three real providers, `acme`, `other` and `half`, and one, `gone`, that nothing answers for. */
export interface OidcSite {
  readonly server: TestServer
  readonly acme: TestProvider
  readonly other: TestProvider
  /** It puts the e-mail into its token, and that it has verified it is said at userinfo only. */
  readonly half: TestProvider
  newBrowser(): TestBrowser
  /** A new account at a provider, with an e-mail it has verified unless told otherwise. */
  person(account?: ProviderAccount, provider?: TestProvider): { readonly subject: string; readonly email: string }
  /** Signs in at a provider and comes back: where the app is opened, and what it is told. */
  visit(subject: string, provider?: string, browser?: TestBrowser): Promise<Readonly<Record<string, string>>>
  /** Begins to link `acme` to an account and signs in there: the address the provider sends the browser back to. */
  link(account: TestAccount, subject: string, browser: TestBrowser): Promise<string>
  methodsOf(token: string): Promise<ReturnType<typeof signInMethodsSchema.parse>>
  /** A new account whose address this server has verified. */
  verifiedAccount(): Promise<TestAccount>
  stop(): Promise<void>
}

/** Starts them. */
export async function startOidcSite(): Promise<OidcSite> {
  const acme = await startProvider(ORIGIN, { id: 'acme' })
  const other = await startProvider(ORIGIN, { id: 'other', profile: 'id-token' })
  const half = await startProvider(ORIGIN, { id: 'half', profile: 'half' })
  const gone = { ...acme.settings, id: 'gone', issuer: 'http://127.0.0.1:9' }
  const server = await startTestServer({
    PUBLIC_URL: ORIGIN,
    OIDC_PROVIDERS: JSON.stringify([acme.settings, other.settings, half.settings, gone]),
  })
  const newBrowser = () => createTestBrowser(ORIGIN, server.url)
  return {
    server,
    acme,
    other,
    half,
    newBrowser,
    person(account = {}, provider = acme) {
      const subject = randomBytes(6).toString('hex')
      const email = account.email ?? `${subject}@example.org`
      provider.accounts.set(subject, { email, email_verified: true, name: 'Ana', ...account })
      return { subject, email }
    },
    async visit(subject, provider = 'acme', browser = newBrowser()) {
      return land(browser, await browser.signIn(startUrl(provider), subject))
    },
    async link(account, subject, browser) {
      const begun = await browser.request('/auth/identities/acme', {
        method: 'POST',
        token: account.token,
        body: { returnTo: '/settings' },
      })
      const { authorizationUrl } = linkResponseSchema.parse(await begun.json())
      return browser.signIn(authorizationUrl, subject)
    },
    async methodsOf(token) {
      return signInMethodsSchema.parse(await (await server.get('/api/v1/auth/methods', token)).json())
    },
    async verifiedAccount() {
      const account = await newAccount(server)
      await server.database.pool.query('update users set email_verified_at = now() where id = $1', [account.userId])
      return account
    },
    async stop() {
      await server.stop()
      await Promise.all([acme.stop(), other.stop(), half.stop()])
    },
  }
}

/** Where a browser begins to sign in with a provider. */
export function startUrl(provider = 'acme', query = ''): string {
  return `${ORIGIN}/api/v1/auth/oidc/${provider}/start${query}`
}

/** What a native client adds to it: where its code goes, and the challenge only it can answer. */
export function nativeQuery(codeChallenge: string, redirectUri = 'http://127.0.0.1:50123/done'): string {
  return `?${new URLSearchParams({ redirectUri, codeChallenge })}`
}

/** Where the app is opened after an address, and what it is told in the fragment. */
export async function land(browser: TestBrowser, callback: string): Promise<Readonly<Record<string, string>>> {
  const { status, location } = await browser.open(callback)
  const url = new URL(location ?? '')
  expect([status, url.origin]).toEqual([302, ORIGIN])
  return { path: url.pathname + url.search, ...Object.fromEntries(new URLSearchParams(url.hash.slice(1))) }
}

/** What the app is told of a sign-in that came to nothing. */
export function refused(reason: string, { provider = 'acme', path = '/' } = {}): Readonly<Record<string, string>> {
  return { path, 'sign-in': 'refused', reason, provider }
}

/** The session that the browser's cookie stands for. */
export async function sessionOf(browser: TestBrowser): ReturnType<typeof sessionFrom> {
  return sessionFrom(await browser.request('/auth/refresh', { method: 'POST' }))
}

/** The code of the problem that an answer is. */
export async function codeOf(response: Promise<Response>): Promise<string> {
  return (await problemFrom(await response)).code
}
