import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { takePictures } from './pictures.ts'
import { addQuests, closeEditor, editor, goTo, pasteQuests, quest, retitle, untilInstalled } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

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

test('the history of a log of nobody survives a reload without a network, tabs keep each change once, and notes are told without their text', async () => {
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
  await device.context.setOffline(true)
  await page.reload()
  await editor(page).getByText('History', { exact: true }).click()
  const history = editor(page).locator('details').filter({ hasText: 'History' })
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
  await takePictures(page, 'activity')
  await other.close()
})
