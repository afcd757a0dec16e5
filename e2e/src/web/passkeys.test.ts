import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAuthenticator } from './authenticator.ts'
import { openSite, type Site } from './site.ts'

// Chromium's own passkeys, with an authenticator it emulates, on a page of the app.

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.close())

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
}

/** Sends a request of the page itself. */
async function ask(page: Page, path: string, body: unknown = {}, token?: string): Promise<Answer> {
  return page.evaluate(
    async ([path, body, token]) => {
      const response = await fetch(`/api/v1/auth${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
      })
      return { status: response.status, body: await response.json() }
    },
    [path, body, token] as const,
  )
}

/** Has the browser make a passkey, or answer with one; as JSON, or the name of what it throws. */
async function credential(page: Page, kind: 'create' | 'get', publicKey: unknown): Promise<unknown> {
  return page.evaluate(
    async ([kind, json]) => {
      try {
        const made =
          kind === 'create'
            ? await navigator.credentials.create({
                publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(
                  json as PublicKeyCredentialCreationOptionsJSON,
                ),
              })
            : await navigator.credentials.get({
                publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(
                  json as PublicKeyCredentialRequestOptionsJSON,
                ),
              })
        return made instanceof PublicKeyCredential ? made.toJSON() : null
      } catch (error) {
        return error instanceof Error ? error.name : 'unknown'
      }
    },
    [kind, publicKey] as const,
  )
}

async function register(page: Page): Promise<{ readonly id: string; readonly token: string }> {
  const email = `${crypto.randomUUID()}@example.org`
  const answer = await ask(page, '/register', { email, password: 'correct horse 7', displayName: 'Ada' })
  const { user, accessToken } = sessionResponseSchema.parse(answer.body)
  return { id: user.id, token: accessToken }
}

/** Browsers know passkeys for names only, not for addresses. */
async function openPage(): Promise<Page> {
  const page = await (await site.openDevice()).openTab('/')
  await page.goto(site.url.replace('127.0.0.1', 'localhost'))
  return page
}

test('a browser makes a passkey and signs in with it', async () => {
  const page = await openPage()
  await addAuthenticator(page)
  const { id, token } = await register(page)
  const options = await ask(page, '/passkeys/options', {}, token)
  const made = await credential(page, 'create', options.body.publicKey)
  const added = await ask(page, '/passkeys', { name: 'Laptop', credential: made }, token)
  expect([added.status, added.body]).toEqual([201, expect.objectContaining({ name: 'Laptop' })])

  const again = await ask(page, '/passkeys/options', {}, token)
  expect(await credential(page, 'create', again.body.publicKey)).toBe('InvalidStateError')

  await page.context().clearCookies()
  const asked = await ask(page, '/passkeys/sign-in/options')
  const answer = await credential(page, 'get', asked.body.publicKey)
  const signedIn = await ask(page, '/passkeys/sign-in', { credential: answer })
  expect(sessionResponseSchema.parse(signedIn.body).user.id).toBe(id)
  expect((await ask(page, '/refresh')).status).toBe(200)
  expect(await ask(page, '/passkeys/sign-in', { credential: answer })).toMatchObject({
    status: 401,
    body: { code: 'challenge-expired' },
  })
})

test('a page of another origin gets no passkey of this one', async () => {
  const page = await openPage()
  await addAuthenticator(page)
  const { token } = await register(page)
  const options = await ask(page, '/passkeys/options', {}, token)
  await credential(page, 'create', options.body.publicKey)
  const asked = await ask(page, '/passkeys/sign-in/options')
  await page.goto(site.url)
  expect(await credential(page, 'get', asked.body.publicKey)).toBe('SecurityError')
})
