import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { addQuests, pasteQuests, quest } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

const main = (page: Page) => page.getByRole('main')
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent)

test('undo and redo name what they did, and bring the quest into view with the focus; where there is nothing they say so', async () => {
  const page = await (await site.openDevice()).openTab()
  await page.getByRole('main').press('Control+z')
  await page.getByText('Nothing to undo').waitFor()
  await addQuests(page, 'Buy milk')
  await pasteQuests(
    page,
    Array.from({ length: 200 }, (_, index) => `Quest ${index}`),
  )
  await page.getByRole('heading', { level: 1 }).click()
  await main(page)
    .locator('[data-quest-list]')
    .evaluate((list) => list.scrollTo(0, 0))
  await quest(page, 'Buy milk').focus()
  await page.keyboard.press('c')
  await quest(page, 'Buy milk').waitFor({ state: 'detached' })
  await main(page)
    .locator('[data-quest-list]')
    .evaluate((list) => list.scrollTo(0, 5000))
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await page.getByText('Undone: Completed “Buy milk”').waitFor()
  await expect.poll(() => focused(page)).toBe('Buy milk')
  await page.keyboard.press('Control+y')
  await page.getByText('Redone: Completed “Buy milk”').waitFor()
})
