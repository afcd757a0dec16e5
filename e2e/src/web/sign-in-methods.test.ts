import { readFile } from 'node:fs/promises'
import { totpEnrolmentSchema } from '@questlog/shared/protocol/sign-in-methods'
import { drawQrCode } from '@questlog/web/src/features/account-settings/draw-qr-code.ts'
import { Secret, TOTP } from 'otpauth'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { localName, openAccountPage, openByName, signIn, signUp } from './accounts.ts'
import { addAuthenticator } from './authenticator.ts'
import { violations } from './axe.ts'
import { takePictures } from './pictures.ts'
import { addQuests, quest, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite(localName)
})
// Refused requests are what some of these tests are about; the browser notes each.
afterEach(() => expect(site.takeFaults().filter((fault) => !/Failed to load resource/.test(fault))).toEqual([]))
afterAll(() => site.close())

const openPage = () => openByName(site)

/** A code as the person's authenticator app shows it; a code counts once, so a later one may be asked for. */
function codeOf(secret: string, laterMs = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + laterMs })
}

test('two-step sign-in is set up with a scanned or typed key, and then asks for a code or a recovery code', async () => {
  const page = await openPage()
  const credentials = await signUp(page)
  await openAccountPage(page, 'Sign-in methods')
  await takePictures(page, 'methods')
  const enrolled = page.waitForResponse((response) => response.url().endsWith('/auth/totp'))
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
  const secret = await page.getByLabel('Key', { exact: true }).inputValue()
  const { uri } = totpEnrolmentSchema.parse(await (await enrolled).json())
  expect(uri).toContain(`secret=${secret}`)
  const drawn = page.getByRole('img', { name: 'QR code for your authenticator app' }).locator('path')
  expect(await drawn.getAttribute('d')).toBe(drawQrCode(uri).path)
  await takePictures(page, 'totp-setup')
  expect(await violations(page)).toEqual([])
  await page.getByLabel('Code the app shows').fill(codeOf(secret))
  await page.getByRole('button', { name: 'Turn on' }).click()
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await codes.first().waitFor()
  const recoveryCodes = await codes.allTextContents()
  await takePictures(page, 'recovery-codes')
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download', exact: true }).click(),
  ])
  const kept = await readFile(await file.path(), 'utf8')
  expect(recoveryCodes.filter((code) => !kept.includes(code))).toEqual([])
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByText(`On. ${recoveryCodes.length} recovery codes are left.`).waitFor()

  const second = await openPage()
  await signIn(second, credentials)
  await second.getByRole('heading', { level: 1, name: 'Enter your code' }).waitFor()
  await expect.poll(() => second.getByLabel('Code').evaluate((field) => field === document.activeElement)).toBe(true)
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
  await third.getByText(`On. ${recoveryCodes.length - 1} recovery codes are left.`).waitFor()
  const dialog = third.getByRole('dialog')
  await third.getByRole('button', { name: 'New recovery codes' }).click()
  await dialog.getByLabel('Password').fill(credentials.password)
  await dialog.getByRole('button', { name: 'New recovery codes' }).click()
  const newCodes = dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await newCodes.first().waitFor()
  const replaced = await newCodes.allTextContents()
  expect(replaced.filter((code) => recoveryCodes.includes(code))).toEqual([])
  await dialog.getByRole('button', { name: 'I have kept them' }).click()
  await third.getByText(`On. ${replaced.length} recovery codes are left.`).waitFor()
  const fourth = await openPage()
  await signIn(fourth, credentials)
  await fourth.getByRole('button', { name: 'Use a recovery code instead' }).click()
  await fourth.getByLabel('Recovery code').fill(recoveryCodes[1] ?? '')
  await fourth.getByRole('button', { name: 'Continue' }).click()
  await fourth.getByRole('alert').filter({ hasText: 'This code is not right' }).waitFor()
  await fourth.getByLabel('Recovery code').fill(replaced[1] ?? '')
  await fourth.getByRole('button', { name: 'Continue' }).click()
  await fourth.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor()
  await third.getByRole('button', { name: 'Turn off two-step sign-in' }).click()
  await dialog.getByLabel('Password').fill(credentials.password)
  await dialog.getByRole('button', { name: 'Turn off two-step sign-in' }).click()
  await third.getByRole('button', { name: 'Set up an authenticator app' }).waitFor()
})

test('a passkey is added, named, signs in without a password, and is removed', async () => {
  const page = await openPage()
  await addAuthenticator(page)
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
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out and remove' }).click()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await quest(page, 'Known to the passkey').waitFor()
  await openAccountPage(page, 'Sign-in methods')
  await page.getByRole('button', { name: 'Remove Old laptop' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByText('You have no passkeys yet.').waitFor()
})

test('a passkey of another host is listed as working there only, and is no way into the account', async () => {
  const page = await openPage()
  await addAuthenticator(page)
  const { email } = await signUp(page)
  await openAccountPage(page, 'Sign-in methods')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Works')
  await dialog.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('button', { name: 'Rename Works' }).waitFor()
  // As on a server that has moved since, and an account that never had a password.
  await site.database.query(
    `insert into passkeys
       (id, user_id, credential_id, public_key, counter, transports, name, backed_up, created_at, rp_id)
     select $2, user_id, '\\x01', public_key, counter, transports, 'Elsewhere', backed_up, created_at, 'old.example.org'
     from passkeys where user_id = (select id from users where email = $1)`,
    [email, '0'.repeat(26)],
  )
  await site.database.query('update users set password_hash = null where email = $1', [email])
  await page.reload()
  const line = page.getByRole('listitem').filter({ hasText: 'Elsewhere' })
  await line.getByText('Works at old.example.org only, not at this address.').waitFor()
  expect(await page.getByText(/^Works at /).count()).toBe(1)
  await takePictures(page, 'passkey-elsewhere')

  await page.getByRole('button', { name: 'Remove Works' }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await page.getByText('It is the only way into your account. Add another one first.').waitFor()
  if ((await dialog.count()) > 0) await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Remove Elsewhere' }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await line.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Rename Works' }).waitFor()
})
