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

/** Presses keys faster than the page can draw, each on what has the focus then. */
async function pressAtOnce(page: Page, ...keys: readonly string[]): Promise<void> {
  await page.evaluate((pressed) => {
    for (const key of pressed) {
      const target = document.activeElement ?? document.body
      target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    }
  }, keys)
}
