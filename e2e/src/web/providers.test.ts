import { startProvider, type TestProvider } from '@questlog/sync-server/src/auth/oidc/testing/start-provider.ts'
import { startMailServer, type TestMailServer } from '@questlog/sync-server/src/testing/mail-server.ts'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { signUp } from './accounts.ts'
import { violations } from './axe.ts'
import { takePictures } from './pictures.ts'
import { addQuests, goTo, quest, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

// A real provider, of another site than the app's: the app is at a name, the provider at an address.

let mail: TestMailServer
let provider: TestProvider
let site: Site
let home: string
beforeAll(async () => {
  mail = await startMailServer()
  site = await openSite(async (port) => {
    home = `http://localhost:${port}`
    provider = await startProvider(home, { id: 'acme', name: 'Acme' })
    const gone = { ...provider.settings, id: 'gone', name: 'Gone', issuer: 'http://127.0.0.1:9' }
    return {
      ...provider.environment,
      OIDC_PROVIDERS: JSON.stringify([provider.settings, gone]),
      SMTP_URL: mail.url,
      MAIL_FROM: 'Questlog <quests@example.org>',
    }
  })
})
// Refused requests are what some of these tests are about; the browser notes each.
afterEach(() => expect(site.takeFaults().filter((fault) => !/Failed to load resource/.test(fault))).toEqual([]))
afterAll(async () => {
  await site.close()
  await Promise.all([provider.stop(), mail.stop()])
})

async function openPage(path = '/'): Promise<Page> {
  const device = await site.openDevice({ reducedMotion: 'reduce' })
  // The provider's own pages want a font from elsewhere.
  await device.context.route(/fonts\.googleapis/, (route) => route.abort())
  const page = await device.context.newPage()
  await page.goto(home + path)
  return page
}

/** Somebody with an account at the provider. */
function person(account: { readonly email?: string; readonly email_verified?: boolean } = {}) {
  const subject = crypto.randomUUID()
  const email = account.email ?? `${subject}@example.org`
  provider.accounts.set(subject, { email, email_verified: true, name: 'Ana', ...account })
  return { subject, email }
}

/** Signs in on the provider's pages, and consents. */
async function signInThere(page: Page, subject: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(subject)
  await page.getByPlaceholder('and password').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

async function signInBy(page: Page, subject: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in with Acme' }).click()
  await signInThere(page, subject)
}

async function logOut(page: Page): Promise<void> {
  await goTo(page, 'Sync and devices')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out and remove' }).click()
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).waitFor()
}

async function openSignIn(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sign in' }).click()
}

async function openMethods(page: Page): Promise<void> {
  await goTo(page, 'Settings')
  await page.getByRole('main').getByRole('link', { name: 'Sign-in methods' }).click()
  await page.getByRole('heading', { level: 2, name: 'Other accounts' }).waitFor()
}

async function unlink(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Unlink Acme' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Unlink' }).click()
}

/** What a page that has just been opened says first: nothing else would read it out, so it has the focus. */
async function isToldAtOnce(page: Page, words: string): Promise<void> {
  const told = page.getByRole('alert').filter({ hasText: words })
  await told.waitFor()
  await expect.poll(() => told.evaluate((element) => element === document.activeElement)).toBe(true)
  await expect.poll(() => new URL(page.url()).hash).toBe('')
}

async function isToldOnSignIn(page: Page, words: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: 'Sign in', exact: true }).waitFor()
  await isToldAtOnce(page, words)
  await page.getByRole('button', { name: 'Sign in with Acme' }).waitFor()
}

/** The log of this device is as it was, and nobody's. */
async function isUntouched(page: Page, title: string): Promise<void> {
  await goTo(page, 'Inbox')
  await quest(page, title).waitFor()
  await untilStatus(page, 'On this device')
}

test('a new person signs up with a provider, takes the offline log along, and finds it on a second device', async () => {
  const { subject, email } = person()
  const page = await openPage()
  await addQuests(page, 'Written before the account')
  await openSignIn(page)
  await page.getByRole('main').getByRole('link', { name: 'Create an account' }).click()
  const withProvider = page.getByRole('button', { name: 'Create an account with Acme' })
  await withProvider.waitFor()
  await takePictures(page, 'provider-sign-up')
  expect(await violations(page)).toEqual([])
  await withProvider.click()
  await signInThere(page, subject)
  await quest(page, 'Written before the account').waitFor()
  await untilStatus(page, 'Saved')
  await logOut(page)

  const second = await openPage('/sign-in')
  await signInBy(second, subject)
  await quest(second, 'Written before the account').waitFor()
  await untilStatus(second, 'Saved')
  await openMethods(second)
  await second.getByText(`Linked as ${email}`).waitFor()
  await unlink(second)
  await second.getByRole('alert').filter({ hasText: 'It is the only way into your account' }).waitFor()
  await takePictures(second, 'provider-only')
  expect(await violations(second)).toEqual([])
  await second.getByText(`Linked as ${email}`).waitFor()
})

test('signing up with a provider can keep the local log apart, and signing in asks what becomes of it', async () => {
  const { subject } = person()
  const page = await openPage()
  await addQuests(page, 'Private')
  await page.goto(`${home}/sign-up`)
  await page.getByRole('radio', { name: /^Keep it apart/ }).check()
  await page.getByRole('button', { name: 'Create an account with Acme' }).click()
  await signInThere(page, subject)
  await page.getByRole('heading', { name: /What is your first quest/ }).waitFor()
  await addQuests(page, 'Of the account')
  await untilStatus(page, 'Saved')

  const second = await openPage()
  await addQuests(second, 'Of this device')
  await openSignIn(second)
  await signInBy(second, subject)
  await second.getByRole('button', { name: 'Merge the logs' }).click()
  await quest(second, 'Of the account').waitFor()
  await quest(second, 'Of this device').waitFor()
  await quest(page, 'Of this device').waitFor()
  expect(await quest(second, 'Private').count()).toBe(0)
})

test('somebody with a password links a provider, signs in with it, and takes the link away', async () => {
  const { subject, email } = person()
  const page = await openPage()
  await addQuests(page, 'Of the account')
  await signUp(page)
  await untilStatus(page, 'Saved')
  await openMethods(page)
  await page.getByRole('button', { name: 'Link Gone' }).click()
  await page.getByRole('alert').filter({ hasText: 'The provider cannot be reached now.' }).waitFor()

  await page.getByRole('button', { name: 'Link Acme' }).click()
  await page.getByPlaceholder('Enter any login').waitFor()
  await page.context().clearCookies({ name: 'questlog_provider' })
  await signInThere(page, subject)
  await page.getByRole('heading', { level: 1, name: 'Sign-in methods' }).waitFor()
  await isToldAtOnce(page, 'That took too long, or was begun in another browser.')
  await takePictures(page, 'provider-link-refused')

  await page.getByRole('button', { name: 'Link Acme' }).click()
  await page.getByRole('status').filter({ hasText: 'Linked: Acme' }).waitFor()
  await page.getByText(`Linked as ${email}`).waitFor()
  expect(await page.getByRole('alert').filter({ hasText: /./ }).count()).toBe(0)
  await logOut(page)
  await openSignIn(page)
  await page.getByRole('button', { name: 'Sign in with Acme' }).click()
  await quest(page, 'Of the account').waitFor()
  await openMethods(page)
  await unlink(page)
  await page.getByRole('status').filter({ hasText: 'Unlinked: Acme' }).waitFor()
  await page.getByRole('button', { name: 'Link Acme' }).waitFor()
})

test('a visit that is cancelled, too old, or to a provider that is away ends in words and leaves the log alone', async () => {
  const { subject } = person()
  const page = await openPage()
  await addQuests(page, 'Not to be lost')
  await openSignIn(page)
  await page.getByRole('button', { name: 'Sign in with Acme' }).click()
  await page.getByRole('link', { name: 'Cancel' }).click()
  await isToldOnSignIn(page, 'You turned back at the provider')
  await takePictures(page, 'provider-cancelled')
  expect(await violations(page)).toEqual([])
  await isUntouched(page, 'Not to be lost')

  await openSignIn(page)
  await page.getByRole('button', { name: 'Sign in with Gone' }).click()
  await isToldOnSignIn(page, 'The provider cannot be reached now.')
  await isUntouched(page, 'Not to be lost')

  await openSignIn(page)
  await page.getByRole('button', { name: 'Sign in with Acme' }).click()
  await page.getByPlaceholder('Enter any login').waitFor()
  await page.context().clearCookies({ name: 'questlog_provider' })
  await signInThere(page, subject)
  await isToldOnSignIn(page, 'That took too long, or was begun in another browser.')
  await isUntouched(page, 'Not to be lost')

  await openSignIn(page)
  const visit = page.getByRole('button', { name: 'Sign in with Acme' })
  await visit.waitFor()
  await page.context().setOffline(true)
  await visit.click()
  await page.getByRole('alert').filter({ hasText: 'The server cannot be reached.' }).waitFor()
  expect(await visit.evaluate((element) => element === document.activeElement)).toBe(true)
  await isUntouched(page, 'Not to be lost')
})

test('the account with the provider’s e-mail is signed in to when both sides verified it, and it is told what is missing', async () => {
  const page = await openPage()
  await addQuests(page, 'Of the account')
  const credentials = await signUp(page)
  await untilStatus(page, 'Saved')
  const { subject } = person({ email: credentials.email, email_verified: false })

  const other = await openPage()
  await addQuests(other, 'Of this device')
  await openSignIn(other)
  await signInBy(other, subject)
  await isToldOnSignIn(other, 'The provider has not verified your e-mail address.')
  provider.accounts.set(subject, { email: credentials.email, email_verified: true })
  await other.getByRole('button', { name: 'Sign in with Acme' }).click()
  await isToldOnSignIn(other, 'There is an account with this e-mail address already. Sign in to it, then link')
  await takePictures(other, 'provider-link-required')
  await isUntouched(other, 'Of this device')

  const link = /http:\S+#token=\S+/.exec((await mail.next(credentials.email)).text)?.[0] ?? ''
  await page.goto(link)
  await page.getByRole('button', { name: 'Confirm the address' }).click()
  await page.getByRole('heading', { name: 'Your e-mail address is confirmed' }).waitFor()
  await openSignIn(other)
  await other.getByRole('button', { name: 'Sign in with Acme' }).click()
  await other.getByRole('button', { name: 'Keep them apart' }).click()
  await quest(other, 'Of the account').waitFor()
})
