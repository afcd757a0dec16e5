import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { addQuests, goTo, quest, quickAdd } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

const bar = (page: Page) => page.getByRole('region', { name: 'Selected quests' })
const titles = (page: Page) => page.getByRole('main').getByRole('listitem').getByRole('link').allTextContents()

test('what is done to several quests at once is taken back by one undo', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'First', 'Second', 'Third')
  await select(page, 'First', 'Third')
  await bar(page).getByRole('button', { name: 'Complete' }).click()
  await page.getByText('2 quests done').waitFor()
  await expect.poll(() => titles(page)).toEqual(['Second'])
  await page.getByRole('main').press('Control+z')
  await expect.poll(() => titles(page)).toEqual(['First', 'Second', 'Third'])

  await select(page, 'Second', 'Third')
  await bar(page).getByRole('button', { name: 'Tag' }).click()
  await page.getByRole('dialog').getByRole('combobox').fill('deep')
  await page.getByRole('option', { name: 'New tag @deep' }).click()
  await expect.poll(() => page.getByRole('main').getByText('@deep').count()).toBe(2)
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect.poll(() => page.getByRole('main').getByText('@deep').count()).toBe(0)
})

test('what is typed right after the key that edits a quest, or writes one, is text and no shortcut', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'First', 'Second')
  await quest(page, 'First').focus()
  await pressAtOnce(page, 'e', 'x', 'Delete', 'c')
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  expect(await titles(page)).toEqual(['First', 'Second'])
  expect(await bar(page).count()).toBe(0)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')

  await goTo(page, 'Settings')
  await pressAtOnce(page, 'q', 'g', 't')
  await expect.poll(() => quickAdd(page).evaluate((field) => field === document.activeElement)).toBe(true)
  expect(new URL(page.url()).pathname).toBe('/')
})

test('on a page without a list, keys that act on a quest change none, and the palette says that one has to be chosen', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'First', 'Second')
  await quest(page, 'First').focus()
  await goTo(page, 'Settings')
  for (const key of ['c', '1', 'Delete', 'x', 'Enter']) await page.locator('body').press(key)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('Complete or reopen')
  await page.keyboard.press('Enter')
  await page.getByText('Choose a quest in a list first.').waitFor()
  expect(new URL(page.url()).search).toBe('')
  await goTo(page, 'Inbox')
  await expect.poll(() => titles(page)).toEqual(['First', 'Second'])
  await expect.poll(() => page.getByRole('main').getByText('P1', { exact: true }).count()).toBe(0)
})

test('a quest that a picker moves to another section keeps the focus, and one that leaves hands it on', async () => {
  const page = await (await site.openDevice()).openTab()
  await goTo(page, 'Today')
  await addQuests(page, 'First', 'Second', 'Third')
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  await pickDue(page, 'Second', '2020-01-31')
  await page.getByRole('heading', { name: /^Overdue/ }).waitFor()
  await expect.poll(focused).toBe('Second')
  await pickDue(page, 'First', '2999-01-31')
  await expect.poll(() => titles(page)).toEqual(['Second', 'Third'])
  await expect.poll(focused).toBe('Third')
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect.poll(() => titles(page)).toEqual(['Second', 'First', 'Third'])
})

test('on a phone the palette opens from More with the focus in its field, and Escape closes it', async () => {
  const page = await (await site.openDevice({ viewport: { width: 390, height: 844 }, hasTouch: true })).openTab()
  await addQuests(page, 'First')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('button', { name: 'Find or do…' }).click()
  const field = page.getByRole('combobox', { name: 'Actions and quests' })
  await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true)
  await page.keyboard.press('Escape')
  await field.waitFor({ state: 'detached' })
})

test('what is refused in a dialog is said where it can be seen and heard while the dialog is open', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'First')
  await quest(page, 'First').focus()
  await page.keyboard.press('t')
  await page.getByRole('dialog').getByRole('combobox').fill('tag '.repeat(50))
  await page.getByRole('option').click()
  const toast = page.getByRole('alert').filter({ hasText: 'That value does not fit.' })
  // Pointed at, it stays.
  await toast.getByText('That value does not fit.').hover()
  await quest(page, 'First').focus()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await toast.getByRole('button', { name: 'Dismiss message' }).click()
  await toast.waitFor({ state: 'detached' })
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
})

test('while the code of the editor is on its way, keys do nothing to the list', async () => {
  const device = await site.openDevice()
  const page = await device.context.newPage()
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route(/EditorPane.*\.js$/, async (route) => {
    await arrived
    await route.continue()
  })
  await page.goto(site.url)
  await addQuests(page, 'First', 'Second')
  await quest(page, 'First').focus()
  await pressAtOnce(page, 'e', 'x', 'Delete', 'c')
  arrive()
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  expect(await titles(page)).toEqual(['First', 'Second'])
  expect(await bar(page).count()).toBe(0)
})

test('a finger that rests on a quest selects it, and further taps select more instead of opening them', async () => {
  const device = await site.openDevice({ viewport: { width: 390, height: 844 }, hasTouch: true })
  const page = await device.openTab()
  await addQuests(page, 'First', 'Second')
  const box = await quest(page, 'First').boundingBox()
  const touch = await device.context.newCDPSession(page)
  const touchPoints = [{ x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 10 }]
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
  await bar(page).getByText('1 selected').waitFor()
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await quest(page, 'Second').tap()
  await bar(page).getByText('2 selected').waitFor()
  expect(new URL(page.url()).search).toBe('')
  await bar(page).getByRole('button', { name: 'Clear selection' }).tap()
  await bar(page).waitFor({ state: 'detached' })
})

test('a project comes back from the Trash with the quests that went with it', async () => {
  const page = await (await site.openDevice()).openTab()
  await page.getByRole('button', { name: 'New project' }).first().click()
  await page.getByRole('textbox', { name: 'Name' }).fill('The long road')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'The long road' }).waitFor()
  await addQuests(page, 'Pack', 'Leave')
  await page.getByRole('button', { name: 'Edit project The long road' }).click()
  await page.getByRole('menuitem', { name: 'Move project to Trash' }).click()
  await goTo(page, 'Trash')
  await page.getByText('Project with 2 quests').waitFor()
  await page.getByRole('button', { name: 'Restore The long road' }).click()
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /^The long road/ })
    .click()
  await expect.poll(() => titles(page)).toEqual(['Pack', 'Leave'])
})

/** Presses keys faster than the page can draw, each on what has the focus then. */
async function pressAtOnce(page: Page, ...keys: readonly string[]): Promise<void> {
  await page.evaluate((pressed) => {
    for (const key of pressed) {
      const target = document.activeElement ?? document.body
      target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    }
  }, keys)
}

/** Gives a quest a due date as the keyboard does. */
async function pickDue(page: Page, title: string, day: string): Promise<void> {
  await quest(page, title).focus()
  await page.keyboard.press('d')
  await page.getByRole('dialog').getByRole('combobox').fill(day)
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** Selects quests of the list by their checkboxes. */
async function select(page: Page, ...names: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Select', exact: true }).click()
  for (const name of names) await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check()
}
