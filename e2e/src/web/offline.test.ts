import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { signUp } from './accounts.ts'
import {
  addQuests,
  checkbox,
  closeEditor,
  goTo,
  notes,
  pasteQuests,
  quest,
  status,
  untilInstalled,
  untilStatus,
} from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
beforeEach(() => site.startServer())
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

test('a log of 1,000 quests opens and works without network or server, before and after a reload', async () => {
  const device = await site.openDevice()
  const page = await device.openTab()
  await pasteQuests(
    page,
    Array.from({ length: 1000 }, (_, index) => `Quest ${index + 1}`),
  )
  await page.getByText('1,000 quests', { exact: true }).first().waitFor()
  await untilInstalled(page)
  // What the browser happens to have kept would hide that the app did not keep itself.
  const session = await device.context.newCDPSession(page)
  await session.send('Network.clearBrowserCache')
  await site.killServer()
  await device.context.setOffline(true)

  await checkbox(page, 'Quest 1000').click()
  await page.reload()
  await page.getByText('999 quests', { exact: true }).first().waitFor()
  // The list stands where it was left, at its end.
  await quest(page, 'Quest 999').hover()
  await page.mouse.wheel(0, -1_000_000)
  await quest(page, 'Quest 2').click()
  await notes(page).fill('Written without a network')
  await closeEditor(page)
  await goTo(page, 'Today')
  await addQuests(page, 'For today, from the cellar')
  await page.reload()
  await quest(page, 'For today, from the cellar').waitFor()
  await goTo(page, 'Inbox')
  await quest(page, 'Quest 2').click()
  await notes(page).getByText('Written without a network').waitFor()
  await expect.poll(() => status(page).textContent()).toBe('On this device')
})

test('without the server the status counts what is not saved, also after a reload, until it is saved', async () => {
  const device = await site.openDevice()
  const page = await device.openTab()
  await signUp(page)
  await addQuests(page, 'Saved in time')
  await untilStatus(page, 'Saved')
  await untilInstalled(page)

  await site.killServer()
  await status(page)
    .and(page.getByText(/^(Offline|Connecting)$/))
    .waitFor()
  await addQuests(page, 'One', 'Two')
  await checkbox(page, 'One').click()
  await untilStatus(page, 'Offline · 3 unsaved changes')
  await page.reload()
  await untilStatus(page, 'Offline · 3 unsaved changes')
  await quest(page, 'Two').waitFor()
  await addQuests(page, 'Three')
  await untilStatus(page, 'Offline · 4 unsaved changes')

  // Nothing tells the page: it tries again by itself.
  await site.startServerUnheard()
  await untilStatus(page, 'Saved')
  await page.reload()
  await untilStatus(page, 'Saved')
  await quest(page, 'Three').waitFor()
})
