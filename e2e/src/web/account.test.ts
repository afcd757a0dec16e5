import { mailSettings, startMailServer, type TestMailServer } from '@questlog/sync-server/src/testing/mail-server.ts'
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { localName, openAccountPage, openByName, signIn, signUp } from './accounts.ts'
import { addAuthenticator } from './authenticator.ts'
import { violations } from './axe.ts'
import { downloadFrom } from './export.ts'
import { documentsOnDevice } from './log-on-device.ts'
import { makeParty } from './parties.ts'
import { takePictures } from './pictures.ts'
import { addQuests, goTo, notes, quest, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

// What only a browser knows of accounts: mailed links, colours, downloads, passkeys, tabs, carets. All else is proven beside the screens.

let mail: TestMailServer
let site: Site
beforeAll(async () => {
  mail = await startMailServer()
  site = await openSite((port) => ({ ...mailSettings(mail), ...localName(port) }))
})
// Refused requests are what some of these tests are about; the browser notes each.
afterEach(() => expect(site.takeFaults().filter((fault) => !/Failed to load resource/.test(fault))).toEqual([]))
afterAll(async () => {
  await site.close()
  await mail.stop()
})

const openPage = (path?: string) => openByName(site, path)

/** The link of the next mail to an address. */
async function linkTo(email: string): Promise<string> {
  const { text } = await mail.next(email)
  const link = /http:\S+#token=\S+/.exec(text)?.[0]
  if (link === undefined) throw new Error(`no link in: ${text}`)
  return link
}

/** Looks at the screen in all its looks. */
async function lookAt(page: Page, picture: string): Promise<void> {
  await takePictures(page, picture)
  expect([picture, await violations(page)]).toEqual([picture, []])
}

test('mailed links lead to where an address is confirmed, once somebody presses, and a new password is chosen', async () => {
  const page = await openPage()
  const { email } = await signUp(page)
  await openAccountPage(page, 'Account')
  await page.getByText('not confirmed yet').waitFor()
  await lookAt(page, 'account')
  await mail.next(email)
  await page.getByRole('button', { name: 'Send the link again' }).click()
  await page.goto(await linkTo(email))
  // Programs that examine mail open the link as well: nothing happens until somebody presses.
  const press = page.getByRole('button', { name: 'Confirm the address' })
  await press.waitFor()
  await page.waitForLoadState('networkidle')
  const rows = await site.database.query('select email_verified_at from users where email = $1', [email])
  expect(rows).toEqual([{ email_verified_at: null }])
  await lookAt(page, 'confirm')
  await press.click()
  await page.getByRole('heading', { name: 'Your e-mail address is confirmed' }).waitFor()
  expect(new URL(page.url()).hash).toBe('')
  await page.getByRole('link', { name: 'To the account' }).click()
  await page.getByText(`${email} · confirmed`).waitFor()

  const other = await openPage('/sign-in')
  await takePictures(other, 'sign-in')
  await other.getByRole('link', { name: 'Forgot your password?' }).click()
  await other.getByRole('button', { name: 'Send the link' }).waitFor()
  await other.getByLabel('E-mail').fill(email)
  await takePictures(other, 'forgot')
  await other.getByRole('button', { name: 'Send the link' }).click()
  await other.goto(await linkTo(email))
  await other.getByLabel('New password').fill('password')
  await other.getByRole('button', { name: 'Save the new password' }).click()
  await other.getByRole('alert').filter({ hasText: 'Choose another password' }).waitFor()
  expect(await violations(other)).toEqual([])
})

test('the pages about one’s own account look right, hand over files, and leave nothing of a deleted account here', async () => {
  const page = await openPage()
  const credentials = await signUp(page)
  await makeParty(page, 'Guild of one')
  const dialog = page.getByRole('dialog')

  await openAccountPage(page, 'Devices signed in')
  await page.getByRole('button', { name: /^Rename/ }).click()
  await lookAt(page, 'name-device')
  await page.keyboard.press('Escape')
  await lookAt(page, 'devices')
  await openAccountPage(page, 'API keys')
  await page.getByText('No keys yet').waitFor()
  await takePictures(page, 'keys-empty')
  await openAccountPage(page, 'Security events')
  await page.getByText('Account created').waitFor()
  await lookAt(page, 'security')
  await page.context().setOffline(true)
  await page.getByRole('navigation', { name: 'Account settings' }).getByRole('link', { name: 'API keys' }).click()
  await page.getByRole('main').getByRole('alert').filter({ hasText: 'The server cannot be reached.' }).waitFor()
  await lookAt(page, 'keys-offline')
  await page.context().setOffline(false)
  await page.getByText('No keys yet').waitFor()
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByRole('textbox', { name: 'What it is for' }).fill('Backup script')
  await lookAt(page, 'keys-new')
  await page.getByRole('button', { name: 'Create key' }).click()
  await page.getByRole('textbox', { name: 'API key' }).waitFor()
  await takePictures(page, 'keys-ready')
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByText('Backup script').waitFor()
  await lookAt(page, 'keys')

  await openAccountPage(page, 'Sign-in methods')
  await takePictures(page, 'methods')
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
  await lookAt(page, 'totp-setup')
  const secret = await page.getByLabel('Key', { exact: true }).inputValue()
  await page.getByLabel('Code the app shows').fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate())
  await page.getByRole('button', { name: 'Turn on' }).click()
  await page.getByRole('list', { name: 'Recovery codes' }).waitFor()
  await lookAt(page, 'recovery-codes')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download', exact: true }).click(),
  ])
  expect(file.suggestedFilename()).toBe('questlog-recovery-codes.txt')
  await page.getByRole('button', { name: 'I have kept them' }).click()

  const other = await openPage()
  await signIn(other, credentials)
  await other.getByRole('heading', { level: 1, name: 'Enter your code' }).waitFor()
  await lookAt(other, 'second-factor')

  await openAccountPage(page, 'Account')
  const { log } = await downloadFrom(page, page.getByRole('button', { name: 'Download my data' }))
  expect(JSON.stringify(log)).toContain(credentials.email)
  await page.getByRole('button', { name: 'Delete the account' }).click()
  const remove = dialog.getByRole('button', { name: 'Delete the account' })
  await dialog.getByLabel('Type your e-mail address').fill(credentials.email)
  await dialog.getByLabel('Password').fill(credentials.password)
  await remove.click()
  await dialog.getByRole('listitem').filter({ hasText: 'Guild of one' }).waitFor()
  await lookAt(page, 'delete-account')
  await dialog.getByLabel('Delete this party too').check()
  await remove.click()
  await page.getByText('Your account is deleted.').waitFor()
  await expect.poll(async () => (await documentsOnDevice(page)).length).toBe(1)
})

test('a passkey is added, named, signs in without a password where nothing was left, and is removed', async () => {
  const page = await openPage()
  await addAuthenticator(page)
  await addQuests(page, 'Known to the passkey')
  await signUp(page)
  await untilStatus(page, 'Saved')
  await openAccountPage(page, 'Sign-in methods')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  const dialog = page.getByRole('dialog')
  const add = dialog.getByRole('button', { name: 'Add a passkey' })
  const name = dialog.getByLabel('Name')
  await name.fill('Laptop')
  const untilTold = async (words: string) => {
    await add.click()
    await dialog.getByRole('alert').filter({ hasText: words }).waitFor()
    expect(await name.inputValue()).toBe('Laptop')
  }
  const comeBack = await site.database.turnAway()
  await untilTold('The server has a problem.')
  await comeBack()
  await page.context().setOffline(true)
  await untilTold('The server cannot be reached.')
  await page.context().setOffline(false)
  await add.click()
  await page.getByRole('button', { name: 'Rename Laptop' }).click()
  await name.fill('Old laptop')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Rename Old laptop' }).waitFor()
  await lookAt(page, 'passkeys')

  await goTo(page, 'Sync and devices')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out and remove' }).click()
  await page.getByRole('main').getByRole('link', { name: 'Create an account' }).waitFor()
  // The page is reloaded while the log is being deleted.
  await page.reload()
  await expect.poll(async () => (await documentsOnDevice(page)).length).toBe(1)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await quest(page, 'Known to the passkey').waitFor()
  await openAccountPage(page, 'Sign-in methods')
  await page.getByRole('button', { name: 'Remove Old laptop' }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await page.getByText('You have no passkeys yet.').waitFor()
})

test('two devices write in one note at once, with the name at the caret, until all tabs of one are signed out from the other', async () => {
  const here = await openPage()
  await addQuests(here, 'Shared')
  const credentials = await signUp(here)
  await untilStatus(here, 'Saved')
  const there = await openPage()
  await signIn(there, credentials)
  await quest(there, 'Shared').click()
  await quest(here, 'Shared').click()
  const [left, right] = ['left-left-left', 'RIGHT-RIGHT-RIGHT']
  await Promise.all([notes(here).pressSequentially(left), notes(there).pressSequentially(right)])
  for (const page of [here, there])
    await expect.poll(async () => sorted(await noteText(page))).toBe(sorted(left + right))
  expect(await noteText(there)).toBe(await noteText(here))
  await expect.poll(() => there.locator('.cm-ySelectionInfo').textContent()).toBe('Ada')

  const tabs = [there, await there.context().newPage()]
  await tabs[1]?.goto(new URL('/settings/security', there.url()).href)
  await tabs[1]?.getByText('Account created').waitFor()
  await openAccountPage(here, 'Devices signed in')
  await here.getByRole('button', { name: 'Sign out all others' }).click()
  await here.getByRole('dialog').getByRole('button', { name: 'Sign out all others' }).click()
  for (const tab of tabs) await tab.getByRole('link', { name: /^Sync: Signed out/ }).waitFor()
  expect(await tabs[1]?.getByText('Account created').count()).toBe(0)
})

const sorted = (text: string) => [...text].sort().join('')

/** The note on screen without the carets of others. */
function noteText(page: Page): Promise<string> {
  return notes(page).evaluate((editor) => {
    const copy = editor.cloneNode(true)
    if (!(copy instanceof Element)) return ''
    for (const caret of copy.querySelectorAll('.cm-ySelectionCaret')) caret.remove()
    return copy.textContent?.replaceAll('\u2060', '') ?? ''
  })
}
