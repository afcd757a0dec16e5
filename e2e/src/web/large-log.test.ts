import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { addQuests, checkbox, editor, pasteQuests, quest, quickAdd } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

test('a list of 10,000 quests holds few rows at any place of it, shows a quest as it is added, and completes one', async () => {
  const page = await (await site.openDevice()).openTab()
  await pasteQuests(
    page,
    Array.from({ length: 10_000 }, (_, index) => `Quest ${index + 1}`),
  )
  await page.getByText('10,000 quests', { exact: true }).first().waitFor()
  const rows = page.getByRole('main').getByRole('listitem')
  await expect.poll(() => rows.first().getAttribute('aria-setsize')).toBe('10000')
  // By the list, which stays: a row may be gone before a script reaches it.
  const list = page.locator('[data-quest-list]')
  await list.hover()
  for (const place of [0.25, 0.5, 0.75]) {
    await list.evaluate((scroller, part) => scroller.scrollTo(0, scroller.scrollHeight * part), place)
    const first = async () => Number(await rows.first().getAttribute('aria-posinset'))
    await expect.poll(async () => Math.abs((await first()) - place * 10_000)).toBeLessThan(100)
    await expect.poll(() => rows.count()).toBeLessThan(80)
  }
  await quickAdd(page).fill('Quest 10001')
  await quickAdd(page).press('Enter')
  await quest(page, 'Quest 10001').waitFor()
  await expect.poll(() => quickAdd(page).evaluate((field) => field === document.activeElement)).toBe(true)
  // It is in hand; out of the field, the keys are the list's.
  await page.keyboard.press('Escape')
  await page.keyboard.press('k')
  await quest(page, 'Quest 10000').waitFor()
  await checkbox(page, 'Quest 10000').click()
  await page.getByText('10,000 quests', { exact: true }).first().waitFor()
  await page.reload()
  await page.getByText('10,000 quests', { exact: true }).first().waitFor()
})

test('a list scrolled by a person right after quests were pasted stays there', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'First')
  const { before, after } = await quickAdd(page).evaluate(async (field) => {
    const list = document.querySelector('[data-quest-list]')
    if (list === null) throw new Error('there is no list')
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', Array.from({ length: 1000 }, (_, index) => `Quest ${index}`).join('\n'))
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    // No frame passes until the list holds them.
    for (let turn = 0; turn < 100 && list.scrollHeight === list.clientHeight; turn++) await null
    list.scrollTo(0, list.scrollHeight / 4)
    const before = list.scrollTop
    for (let count = 0; count < 10; count++) await frame()
    return { before, after: list.scrollTop }
  })
  expect(before).toBeGreaterThan(5_000)
  // Rows that were estimated too high above it move it a little.
  expect(Math.abs(after - before)).toBeLessThan(500)
})

test('the longest title and a right-to-left one are shown whole in the editor and break no line of the list', async () => {
  const page = await (await site.openDevice({ viewport: { width: 390, height: 844 } })).openTab()
  const longest = `${'Tapferkeitsüberprüfung'.repeat(23).slice(0, 499)}!`
  const arabic = 'اقتل التنين قبل الغروب'
  await addQuests(page, longest, arabic)
  const directionOf = (title: string) =>
    quest(page, title)
      .getByText(title)
      .evaluate((text) => getComputedStyle(text).direction)
  await expect.poll(() => directionOf(arabic)).toBe('rtl')
  await expect.poll(() => directionOf(longest)).toBe('ltr')
  const overflow = () =>
    page.evaluate(() =>
      [
        ...document.querySelectorAll(
          'body, main, [data-quest-list], [data-quest], [data-editor], [data-editor] > div > div',
        ),
      ].flatMap((element) => (element.scrollWidth > element.clientWidth ? [element.tagName] : [])),
    )
  await expect.poll(() => overflow()).toEqual([])
  await quest(page, longest).click()
  const title = editor(page).getByRole('textbox', { name: 'Title', exact: true })
  await expect.poll(() => title.inputValue()).toBe(longest)
  await expect.poll(() => title.evaluate((field) => field.scrollHeight <= field.clientHeight + 1)).toBe(true)
  const longName = 'a-tag-without-an-end-'.repeat(4)
  await editor(page).getByLabel('Tags').fill(longName)
  await page.keyboard.press('Enter')
  await editor(page)
    .getByRole('button', { name: `Remove tag ${longName}` })
    .waitFor()
  await editor(page).getByLabel('Add a step').fill('a step of many words '.repeat(8))
  await page.keyboard.press('Enter')
  const step = editor(page).getByRole('textbox', { name: 'Step', exact: true })
  await expect.poll(() => step.evaluate((field) => field.scrollHeight <= field.clientHeight + 1)).toBe(true)
  await expect.poll(() => overflow()).toEqual([])
})

test('a title that is too long is refused in words and stays in the field, whole', async () => {
  const page = await (await site.openDevice()).openTab()
  const tooLong = 'x'.repeat(501)
  await quickAdd(page).fill(tooLong)
  await quickAdd(page).press('Enter')
  await page.getByText('A quest needs a title of 1 to 500 characters.').waitFor()
  expect(await quickAdd(page).inputValue()).toBe(tooLong)
})
