import { mailSettings, startMailServer, type TestMailServer } from '@questlog/sync-server/src/testing/mail-server.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  type Credentials,
  fillCredentials,
  localName,
  newCredentials,
  openAccountPage,
  openByName,
  signIn,
  signUp,
} from './accounts.ts'
import { violations } from './axe.ts'
import { downloadFrom } from './export.ts'
import { documentsOnDevice } from './log-on-device.ts'
import { makeParty } from './parties.ts'
import { takePictures } from './pictures.ts'
import { untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

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

/** Gives the account a past of more events than a page holds. */
async function rememberOldEvents({ email }: Credentials): Promise<void> {
  await site.database.query(
    `insert into security_events (id, at, kind, user_id, actor_id, details)
     select '00000000000000000000000' || lpad(n::text, 3, '0'), now() - interval '1 day',
       case n when 1 then 'passkey-removed' else 'signed-in' end, users.id, users.id, '{}'
     from users, generate_series(1, 50) n where users.email = $1`,
    [email],
  )
}

test('mailed links confirm an address and replace a forgotten password, once, and sign other devices out', async () => {
  const page = await openPage()
  const credentials = await signUp(page)
  await untilStatus(page, 'Saved')
  await openAccountPage(page, 'Account')
  await page.getByText('not confirmed yet').waitFor()
  expect(await violations(page)).toEqual([])
  await takePictures(page, 'account')
  await mail.next(credentials.email)
  await page.getByRole('button', { name: 'Send the link again' }).click()
  await page.goto(await linkTo(credentials.email))
  // Programs that examine mail open the link as well: nothing happens until somebody presses.
  const press = page.getByRole('button', { name: 'Confirm the address' })
  await press.waitFor()
  await page.waitForLoadState('networkidle')
  const rows = await site.database.query('select email_verified_at from users where email = $1', [credentials.email])
  expect(rows).toEqual([{ email_verified_at: null }])
  expect(await violations(page)).toEqual([])
  await takePictures(page, 'confirm')
  await press.click()
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
  const link = await linkTo(credentials.email)
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

test('name, address and password are changed on the account’s page, and all of its data is taken along', async () => {
  const page = await openPage()
  const { email, password } = await signUp(page)
  await openAccountPage(page, 'Account')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Countess')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('navigation', { name: 'Main' }).getByText('Countess').waitFor()

  const later = newCredentials()
  await page.getByLabel('New e-mail address').fill(later.email)
  await page.getByRole('button', { name: 'Change the address' }).click()
  await page.getByText(`A link is on its way to ${later.email}.`).waitFor()
  await page.getByText(`${email} · not confirmed yet`).waitFor()
  await page.goto(await linkTo(later.email))
  await page.getByRole('button', { name: 'Confirm the address' }).click()
  await page.getByRole('link', { name: 'To the account' }).click()
  await page.getByText(`${later.email} · confirmed`).waitFor()

  await page.getByLabel('Current password').fill('a wrong one')
  await page.getByLabel('New password').fill(later.password)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByRole('alert').filter({ hasText: 'The password is wrong.' }).waitFor()
  await page.getByLabel('Current password').fill(password)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByText('Your password is changed.').waitFor()

  const { log } = await downloadFrom(page, page.getByRole('button', { name: 'Download my data' }))
  expect(JSON.stringify(log)).toContain(later.email)
  const other = await openPage()
  await signIn(other, later)
  await other.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor()
})

test('devices that are signed out from another one, one or all, are told at once, and the account remembers it', async () => {
  const page = await openPage()
  const credentials = await signUp(page)
  const others = [await openPage(), await openPage()]
  for (const other of others) {
    await signIn(other, credentials)
    await untilStatus(other, 'Saved')
  }
  await openAccountPage(page, 'Devices signed in')
  const devices = page.getByRole('list', { name: 'Devices signed in' }).getByRole('listitem')
  await expect.poll(() => devices.count()).toBe(3)
  expect(await devices.first().textContent()).toContain('This device')
  await devices
    .first()
    .getByRole('button', { name: /^Rename/ })
    .click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Laptop at work')
  expect(await violations(page)).toEqual([])
  await takePictures(page, 'name-device')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await devices.first().getByText('Laptop at work').waitFor()
  await takePictures(page, 'devices')
  expect(await violations(page)).toEqual([])
  await devices
    .nth(1)
    .getByRole('button', { name: /^Sign out/ })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await expect.poll(() => devices.count()).toBe(2)
  await page.getByRole('button', { name: 'Sign out all others' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out all others' }).click()
  await page.getByText('You are signed in nowhere else.').waitFor()
  for (const other of others) await other.getByRole('link', { name: /^Sync: Signed out/ }).waitFor()
  expect(await devices.count()).toBe(1)
  await rememberOldEvents(credentials)
  await page
    .getByRole('navigation', { name: 'Account settings' })
    .getByRole('link', { name: 'Security events' })
    .click()
  const events = page.getByRole('list', { name: 'Security events' }).getByRole('listitem')
  await events.filter({ hasText: 'A device was signed out' }).first().waitFor()
  expect(await events.count()).toBe(50)
  await takePictures(page, 'security')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Show earlier ones' }).click()
  await events.filter({ hasText: 'Passkey removed' }).waitFor()
  expect(await events.filter({ hasText: 'A device was signed out' }).count()).toBeGreaterThan(0)
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
  await dialog.getByLabel('Password').fill('a wrong one')
  await dialog.getByLabel('Type your e-mail address').fill(`${credentials.email}x`)
  expect(await remove.isDisabled()).toBe(true)
  await dialog.getByLabel('Type your e-mail address').fill(credentials.email)
  await dialog.getByLabel('Password').fill('')
  expect(await remove.isDisabled()).toBe(true)
  await dialog.getByLabel('Password').fill('a wrong one')
  await remove.click()
  await dialog.getByRole('alert').filter({ hasText: 'The password is wrong.' }).waitFor()
  await dialog.getByLabel('Password').fill(credentials.password)
  await remove.click()
  await dialog.getByRole('listitem').filter({ hasText: 'Guild of one' }).waitFor()
  await takePictures(page, 'delete-account')
  expect(await violations(page)).toEqual([])
  expect(await remove.isDisabled()).toBe(true)
  await dialog.getByLabel('Delete this party too').check()
  await remove.click()
  await page.getByText('Your account is deleted.').waitFor()
  await page.getByRole('heading', { name: /What is your first quest/ }).waitFor()
  await expect.poll(async () => (await documentsOnDevice(page)).length).toBe(1)
  await signIn(page, credentials)
  await page.getByRole('alert').filter({ hasText: 'E-mail or password is wrong.' }).waitFor()
})

test('an API key is shown once, works at once, and no longer when revoked', async () => {
  const page = await openPage()
  await signUp(page)
  await openAccountPage(page, 'API keys')
  await page.getByText('No keys yet').waitFor()
  await takePictures(page, 'keys-empty')
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByRole('textbox', { name: 'What it is for' }).fill('Backup script')
  await page.getByLabel('For', { exact: true }).selectOption({ label: 'Personal log' })
  await page.getByLabel('Valid').selectOption({ label: 'For 30 days' })
  expect(await violations(page)).toEqual([])
  await takePictures(page, 'keys-new')
  await page.getByRole('button', { name: 'Create key' }).click()
  const key = await page.getByRole('textbox', { name: 'API key' }).inputValue()
  const ask = () => fetch(`${site.url}/api/v1/workspaces`, { headers: { authorization: `Bearer ${key}` } })
  expect((await ask()).status).toBe(200)
  const written = await fetch(`${site.url}/api/v1/quests`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: '{"title":"By a key that reads"}',
  })
  expect(written.status).toBe(403)
  await takePictures(page, 'keys-ready')
  await page.getByRole('button', { name: 'Done' }).click()
  const line = page
    .getByRole('list', { name: 'Your API keys' })
    .getByRole('listitem')
    .filter({ hasText: 'Backup script' })
  await line.getByText(/^Read · Ada · until /).waitFor()
  expect(await violations(page)).toEqual([])
  await takePictures(page, 'keys')
  await page.getByRole('button', { name: 'Revoke Backup script' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('No keys yet').waitFor()
  expect((await ask()).status).toBe(401)
})
