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

/** Selects quests of the list by their checkboxes. */
async function select(page: Page, ...names: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Select', exact: true }).click()
  for (const name of names) await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check()
}
