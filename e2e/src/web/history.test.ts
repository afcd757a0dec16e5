import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { newCredentials, signIn, signUp } from './accounts.ts'
import { violations } from './axe.ts'
import { takePictures } from './pictures.ts'
import {
  addQuests,
  closeEditor,
  editor,
  goTo,
  pasteQuests,
  quest,
  retitle,
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

/** Two devices of one person, with one quest on both. */
async function twoDevices(title: string) {
  const [a, b] = [await site.openDevice(), await site.openDevice()]
  const [here, there] = [await a.openTab(), await b.openTab()]
  await addQuests(here, title)
  const credentials = await signUp(here, newCredentials())
  await untilStatus(here, 'Saved')
  await signIn(there, credentials)
  await quest(there, title).waitFor()
  await untilStatus(there, 'Saved')
  return { here, there, credentials }
}

/** Opens the history of a quest. */
async function openHistory(page: Page, title: string): Promise<Locator> {
  await quest(page, title).click()
  await editor(page).getByText('History', { exact: true }).click()
  return editor(page).locator('details').filter({ hasText: 'History' })
}

const titles = (count: number) => Array.from({ length: count }, (_, index) => `Quest ${index + 1}`)

const allIsTold = 'These are all changes that are known.'

/** Scrolls the activity until all of it has been fetched. */
async function readToTheEnd(page: Page): Promise<void> {
  const scroll = () =>
    page.getByRole('list', { name: 'Activity' }).evaluate(({ parentElement }) => {
      parentElement?.scrollTo(0, parentElement.scrollHeight)
    })
  const isAtEnd = async () => {
    await scroll()
    return page.getByText(allIsTold).count()
  }
  await expect.poll(isAtEnd, { timeout: 20_000 }).toBe(1)
  // The last page came after the last look at it.
  await scroll()
}

const line = (history: Locator, text: string | RegExp) => history.getByRole('listitem').filter({ hasText: text })
/** A person's words are kept apart from the text around them by characters nobody sees. */
const words = (text: string) => new RegExp(text.replaceAll('“', '“\\u2068').replaceAll('”', '\\u2069”'))

test('what a merge overrode is listed on the device that lost it, with and without the server, and can be brought back on both', async () => {
  const { here, there } = await twoDevices('Base')
  await site.killServer()
  await retitle(here, 'Base', 'Earlier here')
  await retitle(there, 'Base', 'Later there')
  await site.startServer()
  await quest(here, 'Later there').waitFor()
  await untilStatus(here, 'Saved')

  await site.killServer()
  await untilStatus(here, 'Offline')
  const history = await openHistory(here, 'Later there')
  const overridden = line(history, words('Title: from “Earlier here” to “Later there”'))
  await overridden.getByText('Replaced what you wrote here').waitFor()
  await history.getByText(/^Offline: listed is what this device saw/).waitFor()

  await site.startServer()
  await untilStatus(here, 'Saved')
  await history.getByText(/^Offline: /).waitFor({ state: 'detached' })
  await line(history, 'Quest created').waitFor()
  await expect.poll(() => overridden.count()).toBe(1)
  await expect.poll(() => line(history, words('Title: from “Base” to “Earlier here”')).count()).toBe(1)
  expect(await violations(here, 'history-1280')).toEqual([])

  const restore = overridden.getByRole('button', { name: words('Restore: “Earlier here”') })
  await restore.focus()
  await here.keyboard.press('Enter')
  await here.getByRole('status').getByText(words('Restored: “Earlier here”')).waitFor()
  await quest(there, 'Earlier here').waitFor()
  await quest(here, 'Earlier here').waitFor()
  await line(history, words('Title: from “Later there” to “Earlier here”')).waitFor()
  expect(await restore.count()).toBe(0)
  expect(await overridden.evaluate((item) => item.contains(document.activeElement))).toBe(true)

  await closeEditor(here)
  await here.keyboard.press('Control+z')
  for (const page of [here, there]) await quest(page, 'Later there').waitFor()
})

test('on the device whose later edit stood, the earlier one from elsewhere is listed as overridden and can be brought back', async () => {
  const { here, there } = await twoDevices('Base')
  await site.killServer()
  await retitle(here, 'Base', 'Earlier here')
  await retitle(there, 'Base', 'Later there')
  await site.startServer()
  await quest(here, 'Later there').waitFor()
  await untilStatus(here, 'Saved')
  await untilStatus(there, 'Saved')
  const history = await openHistory(there, 'Later there')
  const lost = line(history, words('“Earlier here” did not hold'))
  await lost.getByText(words('Overridden: “Later there” was written later')).waitFor()
  await lost.getByRole('button', { name: words('Restore: “Earlier here”') }).click()
  for (const page of [here, there]) await quest(page, 'Earlier here').waitFor()
  await closeEditor(there)
  await there.setViewportSize({ width: 390, height: 844 })
  await openHistory(there, 'Earlier here')
  await editor(there).getByText('Quest created').scrollIntoViewIfNeeded()
  expect(await violations(there, 'history-390')).toEqual([])
})

test('the history of a log of nobody survives a reload without the server, tabs keep each change once, and notes are told without their text', async () => {
  const device = await site.openDevice()
  const page = await device.openTab()
  await addQuests(page, 'First')
  await untilInstalled(page)
  const other = await device.openTab()
  await quest(other, 'First').waitFor()
  await retitle(page, 'First', 'Second')
  await quest(other, 'Second').waitFor()
  await retitle(other, 'Second', 'Third')
  await quest(page, 'Third').click()
  await editor(page).getByRole('textbox', { name: 'Notes' }).click()
  await page.keyboard.type('a secret')
  await site.killServer()
  await page.reload()
  const history = await openHistory(page, 'Third').catch(async () => {
    await editor(page).getByText('History', { exact: true }).click()
    return editor(page).locator('details').filter({ hasText: 'History' })
  })
  await line(history, 'Quest created').waitFor()
  await line(history, 'Notes changed').waitFor()
  await history.getByText('This log is on this device only.').waitFor()
  expect(await line(history, words('Title: from “First” to “Second”')).count()).toBe(1)
  expect(await line(history, words('Title: from “Second” to “Third”')).count()).toBe(1)
  expect(await history.getByText('a secret').count()).toBe(0)
  await closeEditor(page)
  // More at once would count as an import, which is no history.
  for (const _ of ['once', 'again']) await pasteQuests(page, titles(110))
  await goTo(page, 'Activity')
  await readToTheEnd(page)
  await line(page.getByRole('list', { name: 'Activity' }), words('Title: from “First” to “Second”')).waitFor()
  await other.close()
})

test('the activity of the log lists what happened to every quest, and leads to it', async () => {
  const { here, there, credentials } = await twoDevices('Base')
  await addQuests(here, 'Another')
  await quest(there, 'Another').waitFor()
  await quest(there, 'Another').focus()
  await there.keyboard.press('1')
  const answer = await site.database.holdRequests()
  await goTo(here, 'Activity')
  const list = here.getByRole('main').getByRole('list', { name: 'Activity' })
  await line(list, 'AnotherQuest created').waitFor()
  expect(await here.getByText(allIsTold).count()).toBe(0)
  await answer()
  await here.getByText(allIsTold).waitFor()
  const change = line(list, 'Priority: from No priority to P1 Urgent')
  await change.waitFor()
  await here.getByRole('heading', { level: 2, name: 'Today · You, on another device' }).waitFor()
  await line(list, 'AnotherQuest created').waitFor()
  expect(await violations(here)).toEqual([])
  await takePictures(here, 'activity')
  await change.getByRole('button', { name: 'Another', exact: true }).click()
  await editor(here).waitFor()

  // What happened before a device came is told by the server alone, in pages.
  await closeEditor(here)
  await goTo(here, 'Inbox')
  await pasteQuests(here, titles(110))
  await untilStatus(here, 'Saved')
  const later = await (await site.openDevice()).openTab()
  await signIn(later, credentials)
  await untilStatus(later, 'Saved')
  await goTo(later, 'Activity')
  await readToTheEnd(later)
  await line(later.getByRole('list', { name: 'Activity' }), 'BaseQuest created').waitFor()
})
