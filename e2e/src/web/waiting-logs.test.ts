import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { newCredentials, signUp } from './accounts.ts'
import { takePictures } from './pictures.ts'
import { expectOnServer } from './saved-device.ts'
import { addQuests, goTo, quest, status, untilInstalled, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
beforeEach(() => site.startServer())
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

const logLine = (page: Page, text: string) =>
  page.getByRole('list', { name: 'Logs on this device' }).getByRole('listitem').filter({ hasText: text })

/** A device with a local log and an account's; the account's is on screen and saved. */
async function openWithTwoLogs() {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'Kept apart')
  const credentials = await signUp(page, newCredentials(), 'keep apart')
  await untilStatus(page, 'Saved')
  await untilInstalled(page)
  return { page, credentials }
}

async function openLog(page: Page, text: string): Promise<void> {
  await goTo(page, 'Sync and devices')
  await logLine(page, text).getByRole('button', { name: 'Open', exact: true }).click()
  await goTo(page, 'Inbox')
}

test('what a log that is not open holds unsaved is counted after a restart, and sent without opening it', async () => {
  const { page, credentials } = await openWithTwoLogs()
  await site.killServer()
  await addQuests(page, 'Written before the switch', 'And another')
  await status(page).getByText('2 unsaved changes').waitFor()
  await openLog(page, 'Local log')
  await quest(page, 'Kept apart').waitFor()
  await untilStatus(page, 'On this device · 2 unsaved in another log')
  await page.reload()
  await untilStatus(page, 'On this device · 2 unsaved in another log')
  await goTo(page, 'Sync and devices')
  await page.getByText('Log of Ada: 2 unsaved changes').waitFor()
  await logLine(page, 'Log of Ada').getByText('They go out by themselves').waitFor()
  await takePictures(page, 'waiting-logs')

  await site.startServer()
  await untilStatus(page, 'On this device')
  await expect.poll(() => page.getByText('unsaved').count()).toBe(0)
  await expectOnServer(site, credentials, 'Written before the switch', 'And another')
  await goTo(page, 'Inbox')
  await quest(page, 'Kept apart').waitFor()
})

test('a log that is being sent can be opened at any time, and goes on being sent', async () => {
  const { page, credentials } = await openWithTwoLogs()
  await page.context().setOffline(true)
  await addQuests(page, 'Written before the switch')
  await openLog(page, 'Local log')
  await page.reload()
  await untilStatus(page, 'On this device · 1 unsaved in another log')
  await openLog(page, 'Log of Ada')
  await quest(page, 'Written before the switch').waitFor()
  await addQuests(page, 'Written after it')
  await page.context().setOffline(false)
  await untilStatus(page, 'Saved')
  await expectOnServer(site, credentials, 'Written before the switch', 'Written after it')
})

test('what somebody else left unsaved is counted beside one’s own log, and waits for them', async () => {
  const page = await (await site.openDevice()).openTab()
  await signUp(page)
  await addQuests(page, 'Saved in time')
  await untilStatus(page, 'Saved')
  await untilInstalled(page)
  await page.context().setOffline(true)
  await addQuests(page, 'Left behind', 'And this')
  await status(page).getByText('2 unsaved changes').waitFor()
  await goTo(page, 'Sync and devices')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out, keep the log here' }).click()
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).waitFor()

  await page.context().setOffline(false)
  await signUp(page)
  await untilStatus(page, 'Saved · 2 unsaved in another log')
  await page.reload()
  await untilStatus(page, 'Saved · 2 unsaved in another log')
  await goTo(page, 'Sync and devices')
  await logLine(page, '2 unsaved changes.').getByText('They go out once Ada signs in here.').waitFor()
})
