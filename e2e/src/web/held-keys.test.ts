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

// Odd, so that what goes on and off ends as it was: with the first press the count is even.
const repeats = 11

/** Holds a key down: the second and later presses say that they are repeats. */
async function hold(page: Page, key: string): Promise<void> {
  for (let press = 0; press <= repeats; press++) {
    await page.keyboard.down(key)
    // As slow as a keyboard: what the press before did is on screen.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  }
  await page.keyboard.up(key)
}

const titles = (page: Page) => page.getByRole('main').getByRole('listitem').getByRole('link').allTextContents()
const steps = (page: Page) => editor(page).getByRole('textbox', { name: 'Step', exact: true })
const stepTexts = (page: Page) =>
  steps(page).evaluateAll((fields) => fields.map((field) => (field instanceof HTMLTextAreaElement ? field.value : '')))

async function openList(...names: readonly string[]): Promise<Page> {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, ...names)
  await quest(page, names[0] ?? '').focus()
  return page
}

test('Backspace held in an emptied step neither removes it nor touches another', async () => {
  const page = await openWithSteps('one', 'two', 'three')
  await steps(page).nth(2).focus()
  await page.keyboard.press('End')
  await hold(page, 'Backspace')
  expect(await stepTexts(page)).toEqual(['one', 'two', ''])
})

test('Backspace held in an empty step removes that step and no more', async () => {
  const page = await openWithSteps('one', 'two', 'three')
  await steps(page).nth(2).fill('')
  await hold(page, 'Backspace')
  expect(await stepTexts(page)).toEqual(['one', 'two'])
  await expect
    .poll(() =>
      steps(page)
        .nth(1)
        .evaluate((field) => field === document.activeElement),
    )
    .toBe(true)
  await page.keyboard.press('End')
  await page.keyboard.press('Backspace')
  expect(await stepTexts(page)).toEqual(['one', 'tw'])
})

async function openWithSteps(...texts: readonly string[]): Promise<Page> {
  const page = await openList('With steps')
  await quest(page, 'With steps').click()
  for (const text of texts) {
    await page.getByLabel('Add a step').fill(text)
    await page.keyboard.press('Enter')
  }
  await expect.poll(() => stepTexts(page)).toEqual(texts)
  return page
}

test('Delete held in a list throws one quest away', async () => {
  const page = await openList('First', 'Second', 'Third')
  await hold(page, 'Delete')
  await expect.poll(() => titles(page)).toEqual(['Second', 'Third'])
})

test.each(['c', 'Space'])('%s held in a list completes one quest', async (key) => {
  const page = await openList('First', 'Second', 'Third')
  await hold(page, key)
  await expect.poll(() => titles(page)).toEqual(['Second', 'Third'])
})

test('x held in a list selects the quest and leaves it selected', async () => {
  const page = await openList('First', 'Second')
  await hold(page, 'x')
  await page.getByRole('region', { name: 'Selected quests' }).getByText('1 selected').waitFor()
})

test('j held goes to the end of a list', async () => {
  const page = await openList('First', 'Second', 'Third')
  await hold(page, 'j')
  await expect.poll(() => quest(page, 'Third').evaluate((link) => link === document.activeElement)).toBe(true)
})

test('Ctrl+Z held takes everything back', async () => {
  const page = await openList('First', 'Second', 'Third')
  await page.keyboard.down('Control')
  await hold(page, 'z')
  await page.keyboard.up('Control')
  await expect.poll(() => titles(page)).toEqual([])
})

test('a key held while it opens a field does not write into it', async () => {
  const page = await openList('First')
  await hold(page, 'e')
  const title = editor(page).getByRole('textbox', { name: 'Title', exact: true })
  await expect.poll(() => title.evaluate((field) => field === document.activeElement)).toBe(true)
  expect(await title.inputValue()).toBe('First')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await hold(page, 'q')
  expect(await quickAdd(page).inputValue()).toBe('')
})
