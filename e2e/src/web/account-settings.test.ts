import { startMailServer, type TestMailServer } from '@questlog/sync-server/src/testing/mail-server.ts'
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Credentials, fillCredentials, newCredentials, signIn, signUp } from './accounts.ts'
import { violations } from './axe.ts'
import { makeParty } from './parties.ts'
import { takePictures } from './pictures.ts'
import { addQuests, quest, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

let mail: TestMailServer
let site: Site
/** Passkeys need a name for the server, not an address. */
let home: string
beforeAll(async () => {
  mail = await startMailServer()
  site = await openSite((port) => {
    home = `http://localhost:${port}`
    return { SMTP_URL: mail.url, MAIL_FROM: 'Questlog <quests@example.org>', PUBLIC_URL: home }
  })
})
// Refused requests are what some of these tests are about; the browser notes each.
afterEach(() => expect(site.takeFaults().filter((fault) => !/Failed to load resource/.test(fault))).toEqual([]))
afterAll(async () => {
  await site.close()
  await mail.stop()
})

async function openPage(path = '/'): Promise<Page> {
  const device = await site.openDevice({ reducedMotion: 'reduce' })
  const page = await device.context.newPage()
  await page.goto(home + path)
  return page
}

async function openAccountPage(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('main').getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** The link of the next mail to an address. */
async function linkTo({ email }: Credentials): Promise<string> {
  const { text } = await mail.next(email)
  const link = /http:\S+#token=\S+/.exec(text)?.[0]
  if (link === undefined) throw new Error(`no link in: ${text}`)
  return link
}

/** A code as the person's authenticator app shows it; a code counts once, so a later one may be asked for. */
function codeOf(secret: string, laterMs = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + laterMs })
}

test('mailed links confirm an address and replace a forgotten password, once, and sign other devices out', async () => {
  const page = await openPage()
  const credentials = await signUp(page)
  await untilStatus(page, 'Saved')
  await openAccountPage(page, 'Account')
  await page.getByText('not confirmed yet').waitFor()
  expect(await violations(page)).toEqual([])
  await takePictures(page, 'account')
  await page.goto(await linkTo(credentials))
  await page.getByRole('heading', { name: 'Your e-mail address is confirmed' }).waitFor()
  expect(new URL(page.url()).hash).toBe('')
  await page.getByRole('link', { name: 'To the account' }).click()
  await page.getByText(`${credentials.email} · confirmed`).waitFor()

  const other = await openPage('/sign-in')
  await takePictures(other, 'sign-in')
  await other.getByRole('link', { name: 'Forgot your password?' }).click()
  await other.getByLabel('E-mail').fill(credentials.email)
  await takePictures(other, 'forgot')
  await other.getByRole('button', { name: 'Send the link' }).click()
  await other.getByRole('heading', { name: 'Look into your mailbox' }).waitFor()
  const link = await linkTo(credentials)
  await other.goto(link)
  await other.getByLabel('New password').fill('password')
  await other.getByRole('button', { name: 'Save the new password' }).click()
  await other.getByRole('alert').filter({ hasText: 'Choose another password' }).waitFor()
  const password = `another horse ${crypto.randomUUID()}`
  await other.getByLabel('New password').fill(password)
  expect(await violations(other)).toEqual([])
  await other.getByRole('button', { name: 'Save the new password' }).click()
  await other.getByRole('heading', { name: 'Your password is changed' }).waitFor()
  await other.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await fillCredentials(other, { ...credentials, password })
  await other.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor()
  await untilStatus(other, 'Saved')
  await page.getByRole('link', { name: /^Sync: Signed out/ }).waitFor()
  await other.goto(link)
  await other.getByLabel('New password').fill(password)
  await other.getByRole('button', { name: 'Save the new password' }).click()
  await other.getByRole('heading', { name: 'This link does not work' }).waitFor()
})

test('two-step sign-in is set up with a scanned or typed key, and then asks for a code or a recovery code', async () => {
  const page = await openPage()
  const credentials = await signUp(page)
  await openAccountPage(page, 'Sign-in methods')
  await takePictures(page, 'methods')
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
  const secret = await page.getByLabel('Key', { exact: true }).inputValue()
  await takePictures(page, 'totp-setup')
  expect(await violations(page)).toEqual([])
  await page.getByLabel('Code the app shows').fill(codeOf(secret))
  await page.getByRole('button', { name: 'Turn on' }).click()
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await codes.first().waitFor()
  const recoveryCodes = await codes.allTextContents()
  await takePictures(page, 'recovery-codes')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByText(`On. ${recoveryCodes.length} recovery codes are left.`).waitFor()

  const second = await openPage()
  await signIn(second, credentials)
  await second.getByRole('heading', { level: 1, name: 'Enter your code' }).waitFor()
  expect(await second.getByLabel('Code').evaluate((field) => field === document.activeElement)).toBe(true)
  await takePictures(second, 'second-factor')
  expect(await violations(second)).toEqual([])
  await second.getByLabel('Code').fill(codeOf(secret, 3_600_000))
  await second.getByRole('button', { name: 'Continue' }).click()
  await second.getByRole('alert').filter({ hasText: 'This code is not right' }).waitFor()
  await second.getByLabel('Code').fill(codeOf(secret, 30_000))
  await second.getByRole('button', { name: 'Continue' }).click()
  await second.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor()

  const third = await openPage()
  await signIn(third, credentials)
  await third.getByRole('button', { name: 'Use a recovery code instead' }).click()
  await third.getByLabel('Recovery code').fill(recoveryCodes[0] ?? '')
  await third.getByRole('button', { name: 'Continue' }).click()
  await third.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor()

  await openAccountPage(third, 'Sign-in methods')
  await third.getByRole('button', { name: 'Turn off two-step sign-in' }).click()
  const dialog = third.getByRole('dialog')
  await dialog.getByLabel('Password').fill(credentials.password)
  await dialog.getByRole('button', { name: 'Turn off two-step sign-in' }).click()
  await third.getByRole('button', { name: 'Set up an authenticator app' }).waitFor()
})

test('a passkey is added, named, signs in without a password, and is removed', async () => {
  const page = await openPage()
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('WebAuthn.enable')
  await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await addQuests(page, 'Known to the passkey')
  await signUp(page)
  await untilStatus(page, 'Saved')
  await openAccountPage(page, 'Sign-in methods')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Laptop')
  await dialog.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('button', { name: 'Rename Laptop' }).click()
  await dialog.getByLabel('Name').fill('Old laptop')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Rename Old laptop' }).waitFor()
  await takePictures(page, 'passkeys')
  expect(await violations(page)).toEqual([])

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sync and devices' }).click()
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.getByRole('button', { name: 'Log out and remove' }).click()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await quest(page, 'Known to the passkey').waitFor()
  await openAccountPage(page, 'Sign-in methods')
  await page.getByRole('button', { name: 'Remove Old laptop' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByText('You have no passkeys yet.').waitFor()
})

test('a device that is signed out from another one is told at once, and the account remembers it', async () => {
  const page = await openPage()
  const credentials = await signUp(page)
  const other = await openPage()
  await signIn(other, credentials)
  await untilStatus(other, 'Saved')
  await openAccountPage(page, 'Devices signed in')
  const devices = page.getByRole('list', { name: 'Devices signed in' }).getByRole('listitem')
  await expect.poll(() => devices.count()).toBe(2)
  expect(await devices.first().textContent()).toContain('This device')
  await takePictures(page, 'devices')
  expect(await violations(page)).toEqual([])
  await devices
    .nth(1)
    .getByRole('button', { name: /^Sign out/ })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await other.getByRole('link', { name: /^Sync: Signed out/ }).waitFor()
  await expect.poll(() => devices.count()).toBe(1)
  await page
    .getByRole('navigation', { name: 'Account settings' })
    .getByRole('link', { name: 'Security events' })
    .click()
  await page.getByText('A device was signed out').waitFor()
  await takePictures(page, 'security')
  expect(await violations(page)).toEqual([])
})

test('an account is deleted with its address typed, its password and a word on its parties; nothing is left here', async () => {
  const page = await openPage()
  const credentials = await signUp(page, newCredentials())
  await untilStatus(page, 'Saved')
  await makeParty(page, 'Guild of one')
  await openAccountPage(page, 'Account')
  await page.getByRole('button', { name: 'Delete the account' }).click()
  const dialog = page.getByRole('dialog')
  const remove = dialog.getByRole('button', { name: 'Delete the account' })
  expect(await remove.isDisabled()).toBe(true)
  await dialog.getByLabel('Type your e-mail address').fill(credentials.email)
  await dialog.getByLabel('Password').fill('a wrong one')
  await remove.click()
  await dialog.getByRole('alert').filter({ hasText: 'The password is wrong.' }).waitFor()
  await dialog.getByLabel('Password').fill(credentials.password)
  await remove.click()
  await dialog.getByRole('listitem').filter({ hasText: 'Guild of one' }).waitFor()
  await takePictures(page, 'delete-account')
  expect(await violations(page)).toEqual([])
  await dialog.getByLabel('Delete this party too').check()
  await remove.click()
  await page.getByText('Your account is deleted.').waitFor()
  await page.getByRole('heading', { name: /What is your first quest/ }).waitFor()
  await signIn(page, credentials)
  await page.getByRole('alert').filter({ hasText: 'E-mail or password is wrong.' }).waitFor()
})
