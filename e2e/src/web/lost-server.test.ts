import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { fillSignUp, newCredentials, signUp } from './accounts.ts'
import { takePictures } from './pictures.ts'
import { expectOnServer, openSavedDevice } from './saved-device.ts'
import { addQuests, goTo, quest, status, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

// The server's database is lost and replaced by an empty one. What the devices hold is all there is.

let site: Site
beforeAll(async () => {
  site = await openSite()
})
beforeEach(() => site.startServer())
// That the old session and log are not there any more the browser notes.
afterEach(() => expect(site.takeFaults().filter((fault) => !/Failed to load resource/.test(fault))).toEqual([]))
afterAll(() => site.close())

const logLine = (page: Page, text: string) =>
  page.getByRole('list', { name: 'Logs on this device' }).getByRole('listitem').filter({ hasText: text })

async function signUpAgain(page: Page, credentials = newCredentials(), name = 'Ada'): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('main').getByRole('link', { name: 'Create an account' }).click()
  await fillSignUp(page, credentials, name)
}

test('whoever signs up again with their address takes along all that the lost server had, and it is saved', async () => {
  const { page, credentials } = await openSavedDevice(site, 'Saved before')
  await addQuests(page, 'Written later')
  await untilStatus(page, 'Saved')
  await site.replaceDatabase()
  await page.reload()
  await status(page).getByText('Signed out').waitFor()
  await goTo(page, 'Sync and devices')
  await page.getByText('Should the account be gone, sign in with another').first().waitFor()
  await signUpAgain(page, credentials)
  await page.getByText('It belongs to an earlier account with your e-mail address.').waitFor()
  await takePictures(page, 'lost-server-offer')
  await page.getByRole('button', { name: 'Merge the logs' }).click()
  await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor()
  await untilStatus(page, 'Saved')
  await expectOnServer(site, credentials, 'Saved before', 'Written later')
  await goTo(page, 'Sync and devices')
  await expect.poll(() => page.getByRole('list', { name: 'Logs on this device' }).getByRole('listitem').count()).toBe(1)
})

test('with another address the lost account’s log says whose it is, and is copied into one’s own', async () => {
  const { page } = await openSavedDevice(site, 'Only here')
  await site.replaceDatabase()
  await page.reload()
  await status(page).getByText('Signed out').waitFor()
  await goTo(page, 'Sync and devices')
  const ben = newCredentials()
  await signUpAgain(page, ben, 'Ben')
  await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor()
  await goTo(page, 'Sync and devices')
  await logLine(page, 'Log of Ada').getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByText('and Ben is signed in. Edits stay on this device').waitFor()
  expect(await page.getByText('The server cannot be reached').count()).toBe(0)
  await status(page).getByText('Other account').waitFor()
  await takePictures(page, 'another-account')
  await page.getByRole('main').getByRole('button', { name: 'Copy into my log' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Copy into my log' }).click()
  await page.getByText('The log of Ada is copied into yours.').first().waitFor()
  await untilStatus(page, 'Saved')
  await expectOnServer(site, ben, 'Only here')
  await logLine(page, 'Log of Ada').waitFor()
  await goTo(page, 'Inbox')
  await quest(page, 'Only here').waitFor()
})

test('a local log on screen beside an account says so, and goes into the account’s log', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'Kept apart')
  const credentials = await signUp(page, newCredentials(), 'keep apart')
  await goTo(page, 'Sync and devices')
  await logLine(page, 'Local log').getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByText('It can join the log of Ada.').waitFor()
  await page.getByRole('main').getByRole('button', { name: 'Merge the logs' }).click()
  await untilStatus(page, 'Saved')
  await expectOnServer(site, credentials, 'Kept apart')
})
