import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { signIn as signInAsScript } from '../harness/account.ts'
import { accountPages, openAccountPage, told, tooMany, troubled, unreachable } from './account-pages.ts'
import { dialog, main, presses } from './account-presses.ts'
import { type Credentials, newCredentials, signUp } from './accounts.ts'
import { addAuthenticator } from './authenticator.ts'
import { takePictures } from './pictures.ts'
import { goTo, untilInstalled, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

// The pages about one's own account when the server cannot be asked, will not answer, or answers late.

let site: Site
/** Passkeys need a name for the server, not an address. */
let home: string
beforeAll(async () => {
  site = await openSite((port) => {
    home = `http://localhost:${port}`
    const offered = { id: 'acme', name: 'Acme', issuer: 'http://127.0.0.1:9', clientId: 'questlog' }
    // A person's requests are used up when a test wants them to be, and do not come back within it. The same number
    // from one address must do for the parts of the app, which come back.
    return { OIDC_PROVIDERS: JSON.stringify([offered]), RATE_LIMIT_PER_HOUR: '1', RATE_LIMIT_BURST: '1200' }
  })
  await site.database.query('create sequence later_events')
})
// The server's failures are what these tests are about; the browser notes each.
afterEach(() => expect(site.takeFaults().filter((fault) => !/Failed to load resource/.test(fault))).toEqual([]))
afterAll(() => site.close())

async function signUpOnDevice(): Promise<{ readonly page: Page; readonly credentials: Credentials }> {
  const device = await site.openDevice({ reducedMotion: 'reduce' })
  const page = await device.context.newPage()
  await page.goto(home)
  const credentials = await signUp(page, newCredentials())
  await untilStatus(page, 'Saved')
  await untilInstalled(page)
  await goTo(page, 'Settings')
  await page.getByRole('main').getByRole('link', { name: 'Account', exact: true }).click()
  await page.getByText(accountPages[0].shown).waitFor()
  return { page, credentials }
}

/** The access token of another device of the same person. */
async function tokenElsewhere(credentials: Credentials): Promise<string> {
  const account = { ...credentials, userId: '', accessToken: '', document: '' }
  return (await signInAsScript(home, account)).accessToken
}

/** Ends the person's sessions on all devices but a new one. */
async function signOutFromElsewhere(credentials: Credentials): Promise<void> {
  const headers = { authorization: `Bearer ${await tokenElsewhere(credentials)}` }
  await fetch(`${home}/api/v1/auth/sessions`, { method: 'DELETE', headers })
}

/** Lets things happen to an account, so many that they fill a page of its security events. */
async function addEvents({ email }: Credentials, count: number): Promise<void> {
  await site.database.query(
    `insert into security_events (id, user_id, kind, at, details)
     select '7' || lpad(nextval('later_events')::text, 25, '0'), id, 'signed-in', now(), '{}'
     from users, generate_series(1, $2::int) where email = $1`,
    [email, count],
  )
}

async function useUpRequests(credentials: Credentials): Promise<void> {
  const headers = { authorization: `Bearer ${await tokenElsewhere(credentials)}` }
  for (let status = 200; status !== 429; ) {
    const answers = await Promise.all(Array.from({ length: 100 }, () => fetch(`${home}/api/v1/users/me`, { headers })))
    status = Math.max(...answers.map((answer) => answer.status))
  }
}

test('opened without a network each page says so, shows nothing it does not know, and fills when the network is back', async () => {
  const { page } = await signUpOnDevice()
  for (const { name, shown } of accountPages.toReversed()) {
    await page.context().setOffline(true)
    await openAccountPage(page, name)
    await told(page, unreachable).waitFor()
    expect([name, await page.getByText(shown).count()]).toEqual([name, 0])
    await takePictures(page, `offline-${name}`)
    await page.context().setOffline(false)
    await page.getByText(shown).first().waitFor()
    await told(page, unreachable).waitFor({ state: 'detached' })
  }
})

test('while the server takes its time each page says that it loads, and nothing else', async () => {
  const { page } = await signUpOnDevice()
  for (const { name, shown } of accountPages.toReversed()) {
    const answer = await site.database.holdRequests()
    await openAccountPage(page, name)
    await page
      .getByRole('status')
      .filter({ hasText: /^Loading/ })
      .waitFor()
    expect([name, await page.getByText(shown).count()]).toEqual([name, 0])
    await answer()
    await page.getByText(shown).first().waitFor()
  }
})

test('a server in trouble, or asked too often, is told from one that is away, and can be tried again', async () => {
  const { page, credentials } = await signUpOnDevice()
  for (const { name, shown } of accountPages.toReversed()) {
    const comeBack = await site.database.turnAway()
    await openAccountPage(page, name)
    await told(page, troubled).waitFor()
    expect([name, await page.getByText(shown).count()]).toEqual([name, 0])
    await comeBack()
    const answer = await site.database.holdRequests()
    await page.getByRole('button', { name: 'Try again' }).click()
    await told(page, 'Loading').waitFor()
    await answer()
    await page.getByText(shown).first().waitFor()
  }
  await useUpRequests(credentials)
  for (const { name, shown } of accountPages.toReversed()) {
    await openAccountPage(page, name)
    await told(page, tooMany).waitFor()
    expect([name, await page.getByText(shown).count()]).toEqual([name, 0])
    await page.getByRole('button', { name: 'Try again' }).waitFor()
  }
})

test('whatever is pressed when the connection or the server is gone says so, keeps what was typed, and works afterwards', async () => {
  const { page, credentials } = await signUpOnDevice()
  await addAuthenticator(page)
  await tokenElsewhere(credentials)
  await addEvents(credentials, 50)
  await goTo(page, 'Settings')
  await page.getByRole('main').getByRole('link', { name: 'Sign-in methods', exact: true }).click()
  for (const { what, on, prepare, press, typed = {}, done, told: by } of presses) {
    await openAccountPage(page, on)
    await prepare?.(page, credentials)
    const isSaid = async (words: string) => {
      await press(page)
      const form = dialog(page).or(main(page)).last()
      await told(by === undefined ? form : page, words)
        .nth(by === 'toast and list' ? 1 : 0)
        .waitFor()
      for (const [label, value] of Object.entries(typed)) {
        expect([what, await form.getByLabel(label, { exact: true }).inputValue()]).toEqual([what, value])
      }
      expect([what, await done(page).count()]).toEqual([what, 0])
      if (by === 'toast and list') await told(page, 'Below is what the server said last.').waitFor()
    }
    // In this order: the page asks by itself when the network is back, and what it is told then is not of the button.
    const comeBack = await site.database.turnAway()
    await isSaid(troubled)
    await comeBack()
    await page.context().setOffline(true)
    await isSaid(unreachable)
    await page.context().setOffline(false)
    await press(page)
    await done(page).first().waitFor()
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'detached' })
  }
})

test('signed out from another device, every page says so at once and shows nothing of the account any more', async () => {
  const { page, credentials } = await signUpOnDevice()
  const tabs = await Promise.all(
    accountPages.map(async ({ name, path, shown }) => {
      const tab = name === 'Account' ? page : await page.context().newPage()
      await tab.goto(home + path)
      await tab.getByText(shown).first().waitFor()
      return { tab, name, shown }
    }),
  )
  await signOutFromElsewhere(credentials)
  for (const { tab, name, shown } of tabs) {
    await told(tab, 'Your account was signed out on this device').waitFor()
    expect([name, await tab.getByText(shown).count()]).toEqual([name, 0])
    await main(tab).getByRole('link', { name: 'Sign in' }).waitFor()
  }
})

test('a part of the app that could not be fetched once comes with a reload of the page', async () => {
  // A service worker would have the parts.
  const { context } = await site.openDevice({ reducedMotion: 'reduce', serviceWorkers: 'block' })
  const lost: RegExp[] = []
  const loseOnce = (part: RegExp) =>
    context.route(part, (route) => route.abort().then(() => void lost.push(part)), { times: 1 })
  const screen = /\/assets\/SettingsPage-/
  await loseOnce(screen)
  const page = await context.newPage()
  await page.goto(home)
  await expect.poll(() => lost).toEqual([screen])
  await goTo(page, 'Settings')
  await goTo(page, 'Inbox')
  await signUp(page)
  await untilStatus(page, 'Saved')

  // Without it no answer about the session is understood.
  const schema = /\/assets\/auth-/
  await loseOnce(schema)
  await page.reload()
  await expect.poll(() => lost).toEqual([screen, schema])
  await untilStatus(page, 'Saved')
})

test('events that come meanwhile leave no gap between the newest and the earlier ones', async () => {
  const { page, credentials } = await signUpOnDevice()
  await addEvents(credentials, 60)
  await openAccountPage(page, 'Security events')
  const events = page.getByRole('list', { name: 'Security events' }).getByRole('listitem')
  await page.getByRole('button', { name: 'Show earlier ones' }).click()
  await page.getByText('Account created').waitFor()
  const before = await events.count()
  await addEvents(credentials, 5)
  await page.context().setOffline(true)
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Show earlier ones' }).click()
  await page.getByText('Account created').waitFor()
  expect(await events.count()).toBe(before + 5)
})
