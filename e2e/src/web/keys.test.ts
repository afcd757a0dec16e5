import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { addQuests, editor, quest, quickAdd } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

const titles = (page: Page) => page.getByRole('main').getByRole('listitem').getByRole('link').allTextContents()
const focusedLabel = (page: Page) =>
  page.evaluate(() => {
    const field = document.activeElement
    return (
      field?.getAttribute('aria-label') ?? (field instanceof HTMLInputElement ? field.labels?.[0]?.textContent : null)
    )
  })
const frames = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))

/** Has an input method compose a text in the field that has the focus, and presses a key meanwhile. */
async function compose(page: Page, text: string, key: 'Enter' | 'Escape'): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code: key, windowsVirtualKeyCode: 229 })
  await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key, windowsVirtualKeyCode: 229 })
  await frames(page)
  await devtools.detach()
}

/** Holds a key down: the second and later presses say that they are repeats. */
async function hold(page: Page, key: string): Promise<void> {
  for (let press = 0; press <= 11; press++) {
    await page.keyboard.down(key)
    // As slow as a keyboard: what the press before did is on screen.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  }
  await page.keyboard.up(key)
}

/** Presses keys faster than the page can draw, each on what has the focus then. */
async function pressAtOnce(page: Page, ...keys: readonly string[]): Promise<void> {
  await page.evaluate((pressed) => {
    for (const key of pressed) {
      const target = document.activeElement ?? document.body
      target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    }
  }, keys)
}

test('Enter and Escape that Chromium gives to an input method while it composes do nothing in a field or the palette', async () => {
  const page = await (await site.openDevice()).openTab()
  await quickAdd(page).focus()
  for (const key of ['Escape', 'Enter'] as const) {
    await compose(page, 'かいぎ', key)
    expect([await focusedLabel(page), await quickAdd(page).inputValue()]).toEqual(['Add a quest', 'かいぎ'])
  }
  expect(await titles(page)).toEqual([])
  await quickAdd(page).fill('')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').waitFor()
  await compose(page, '今日', 'Escape')
  await compose(page, '今日', 'Enter')
  await page.getByRole('dialog').waitFor()
})

test('a quest is found without its accents and in every case, whatever the language of the device', async () => {
  const page = await (await site.openDevice({ locale: 'tr-TR' })).openTab()
  await addQuests(page, 'Invoice for crème', 'Große Wäsche', 'Βορράς', 'Ёлка', 'Cafe\u0301')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  for (const [typed, title] of [
    ['invoice', 'Invoice for crème'],
    ['CREME', 'Invoice for crème'],
    ['grosse w', 'Große Wäsche'],
    ['βορρας', 'Βορράς'],
    ['елка', 'Ёлка'],
    ['caf\u00e9', 'Cafe\u0301'],
  ] as const) {
    await page.getByRole('combobox').fill(typed)
    await page.getByRole('option', { name: title, exact: true }).waitFor()
  }
})

test('a key held while it opens a field does not write into it', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'First')
  await quest(page, 'First').focus()
  await hold(page, 'e')
  const title = editor(page).getByRole('textbox', { name: 'Title', exact: true })
  await expect.poll(() => title.evaluate((field) => field === document.activeElement)).toBe(true)
  expect(await title.inputValue()).toBe('First')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await hold(page, 'q')
  expect(await quickAdd(page).inputValue()).toBe('')
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
  expect(await page.getByRole('region', { name: 'Selected quests' }).count()).toBe(0)
})
