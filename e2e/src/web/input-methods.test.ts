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

/** The Enter that ends a composition as Safari tells of it: after the end, and known by its key code alone. */
async function endComposition(page: Page): Promise<void> {
  await page.evaluate(() => {
    const init = { key: 'Enter', code: 'Enter', keyCode: 229, bubbles: true, cancelable: true }
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', init))
  })
  await frames(page)
}

/** Presses keys one after the other, each with the character that a keyboard prints there. */
async function pressPrinted(page: Page, ...keys: readonly (readonly [key: string, code: string])[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  for (const [key, code] of keys) {
    const press = { key, code, windowsVirtualKeyCode: code.charCodeAt(3) }
    await devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', text: key, ...press })
    await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press })
  }
  await devtools.detach()
}

/** The same with Ctrl held. */
async function pressPrintedWithCtrl(page: Page, key: string, code: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const press = { key, code, modifiers: 2, windowsVirtualKeyCode: code.charCodeAt(3) }
  await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...press })
  await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press })
  await devtools.detach()
}

test('while an input method composes, Enter and Escape are its own in every field', async () => {
  const page = await (await site.openDevice()).openTab()
  await quickAdd(page).focus()
  for (const key of ['Escape', 'Enter'] as const) {
    await compose(page, 'かいぎ', key)
    expect([await focusedLabel(page), await quickAdd(page).inputValue()]).toEqual(['Add a quest', 'かいぎ'])
  }
  await quickAdd(page).fill('Meeting')
  await endComposition(page)
  expect(await titles(page)).toEqual([])
  await quickAdd(page).press('Enter')
  await quest(page, 'Meeting').click()

  const step = editor(page).getByLabel('Add a step')
  await step.fill('Room')
  await endComposition(page)
  expect(await step.inputValue()).toBe('Room')
  const tag = editor(page).getByLabel('Tags')
  await tag.focus()
  await expect.poll(() => editor(page).getByRole('textbox', { name: 'Step', exact: true }).count()).toBe(1)
  await tag.fill('deep')
  await endComposition(page)
  expect(await tag.inputValue()).toBe('deep')
  await tag.press('Enter')
  await editor(page).getByText('@deep').waitFor()
  await compose(page, 'しん', 'Escape')
  expect(await focusedLabel(page)).toBe('Tags')
})

test('while an input method composes, the palette is neither picked from nor closed', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'Meeting')
  await quest(page, 'Meeting').focus()
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox')
  await field.fill('Go to Today')
  await endComposition(page)
  await field.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
  await page.keyboard.press('Control+k')
  await field.waitFor()
  await compose(page, '今日', 'Escape')
  await compose(page, '今日', 'Enter')
  await page.getByRole('dialog').waitFor()
})

test('while an input method composes, no tag is made of what is typed', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'Meeting')
  await quest(page, 'Meeting').focus()
  await page.keyboard.press('t')
  const field = page.getByRole('combobox')
  await field.fill('deep')
  await endComposition(page)
  await compose(page, '深い', 'Escape')
  await page.getByRole('dialog').waitFor()
  expect(await page.getByRole('main').getByText('@deep').count()).toBe(0)
})

test('on a Russian keyboard the keys are where they are on a Latin one', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'Чай', 'Хлеб')
  await quest(page, 'Чай').focus()
  await pressPrinted(page, ['с', 'KeyC'])
  await expect.poll(() => page.getByRole('main').getByRole('checkbox', { checked: true }).count()).toBe(0)
  await expect.poll(() => titles(page)).toEqual(['Хлеб'])
  await pressPrintedWithCtrl(page, 'я', 'KeyZ')
  await expect.poll(() => titles(page)).toEqual(['Чай', 'Хлеб'])
  await pressPrinted(page, ['й', 'KeyQ'])
  await expect.poll(() => focusedLabel(page)).toBe('Add a quest')
  expect(await quickAdd(page).inputValue()).toBe('')
  await page.keyboard.press('Escape')
  await pressPrintedWithCtrl(page, 'л', 'KeyK')
  await page.getByRole('combobox', { name: 'Actions and quests' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await quest(page, 'Хлеб').focus()
  await pressPrinted(page, ['п', 'KeyG'], ['е', 'KeyT'])
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
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
