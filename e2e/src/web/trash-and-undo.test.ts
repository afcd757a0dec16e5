import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { takePictures } from './pictures.ts'
import { addQuests, editor, goTo, notes, pasteQuests, quest } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

const main = (page: Page) => page.getByRole('main')
const trashed = (page: Page) => main(page).getByRole('listitem').getByRole('link')
const dialog = (page: Page) => page.getByRole('dialog').filter({ hasText: 'There is no undo.' })
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent)

async function moveToTrash(page: Page, ...titles: readonly string[]): Promise<void> {
  for (const title of titles) {
    await quest(page, title).focus()
    await page.keyboard.press('Delete')
    await quest(page, title).waitFor({ state: 'detached' })
  }
}

test('quests of the Trash are read, and deleted for good one by one, chosen, or all, by key; the focus stays among them', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth')
  await quest(page, 'Sixth').click()
  await notes(page).fill('under the mat')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await moveToTrash(page, 'First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth')
  await goTo(page, 'Trash')
  await expect.poll(() => trashed(page).allTextContents()).toHaveLength(6)

  await trashed(page).filter({ hasText: 'Sixth' }).click()
  await editor(page).getByText('This quest is in the Trash.').waitFor()
  await expect.poll(() => notes(page).textContent()).toContain('under the mat')
  expect(await notes(page).getAttribute('aria-readonly')).toBe('true')
  await takePictures(page, 'trash-open-quest')
  await editor(page).getByRole('button', { name: 'Delete for good' }).click()
  await dialog(page).getByText('“Sixth” is removed everywhere').waitFor()
  await dialog(page).getByRole('button', { name: 'Delete for good' }).click()
  await editor(page).waitFor({ state: 'detached' })
  await page.getByText('Deleted for good: Sixth').waitFor()

  await trashed(page).first().focus()
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => focused(page)).toBe('Fourth')
  await page.keyboard.press('Delete')
  await dialog(page).getByText('“Fourth” is removed').waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect.poll(() => trashed(page).allTextContents()).toEqual(['Fifth', 'Third', 'Second', 'First'])
  await expect.poll(() => focused(page)).toBe('Third')

  await page.getByRole('checkbox', { name: 'Choose Fifth' }).check()
  await page.getByRole('checkbox', { name: 'Choose Second' }).check()
  await takePictures(page, 'trash')
  await main(page).getByRole('button', { name: 'Delete for good', exact: true }).click()
  await dialog(page).getByText('links: 2 quests.').waitFor()
  await dialog(page).getByRole('button', { name: 'Delete for good' }).click()
  await expect.poll(() => trashed(page).allTextContents()).toEqual(['Third', 'First'])

  await page.getByRole('button', { name: 'Empty Trash' }).click()
  await dialog(page).getByText('links: 2 quests.').waitFor()
  await takePictures(page, 'trash-empty-dialog')
  await dialog(page).getByRole('button', { name: 'Empty Trash' }).click()
  await page.getByText('The Trash is empty').waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main')

  await page.getByRole('button', { name: 'Undo' }).first().click()
  await page.getByText('Undone: Added “Sixth”').waitFor({ state: 'detached' })
  await expect.poll(() => trashed(page).count()).toBe(0)
})

test('a project in the Trash shows its quests, and goes for good with them', async () => {
  const page = await (await site.openDevice()).openTab()
  await page.getByRole('button', { name: 'New project' }).first().click()
  await page.getByRole('textbox', { name: 'Name' }).fill('The long road')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'The long road' }).waitFor()
  await addQuests(page, 'Pack', 'Leave')
  await page.getByRole('button', { name: 'Edit project The long road' }).click()
  await page.getByRole('menuitem', { name: 'Archive project' }).click()
  await page.getByText('Archived “The long road”').waitFor()
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await page.getByText('Undone: Archived “The long road”').waitFor()
  await page.getByRole('button', { name: 'Edit project The long road' }).click()
  await page.getByRole('menuitem', { name: 'Move project to Trash' }).click()
  await goTo(page, 'Trash')
  await trashed(page).filter({ hasText: 'The long road' }).click()
  await expect.poll(async () => [...(await trashed(page).allTextContents())].sort()).toEqual(['Leave', 'Pack'])
  await takePictures(page, 'trash-project')
  await trashed(page).filter({ hasText: 'Pack' }).click()
  await editor(page).getByText('This quest is in the Trash.').waitFor()
  await page.goBack()
  await page.getByRole('button', { name: 'Delete for good', exact: true }).click()
  await dialog(page).getByText('links: 1 project and 2 quests.').waitFor()
  await dialog(page).getByRole('button', { name: 'Delete for good' }).click()
  await page.getByText('The Trash is empty').waitFor()
})

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
