import { writeFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { goTo, notes, pasteQuests, quest, quickAdd } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

const titles = Array.from({ length: 300 }, (_, index) =>
  index % 7 === 0 ? `Quest ${index}, ${'a title that takes more than one line '.repeat(4)}` : `Quest ${index}`,
)
const list = (page: Page) => page.getByRole('main').locator('[data-quest-list]')

/** The first row that is seen whole. */
function topRow(page: Page): Promise<string | undefined> {
  return list(page).evaluate((scroller) => {
    const { top } = scroller.getBoundingClientRect()
    const rows = [...scroller.querySelectorAll('li')].filter((row) => row.getBoundingClientRect().top >= top)
    rows.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
    return rows[0]?.querySelector('a')?.textContent ?? undefined
  })
}

async function openLong(viewport: { width: number; height: number }): Promise<Page> {
  const page = await (await site.openDevice({ viewport, colorScheme: 'dark' })).openTab()
  await pasteQuests(page, titles)
  await quest(page, 'Quest 299').waitFor()
  await quickAdd(page).blur()
  return page
}

test('a list comes back where it was left: on Back and Forward, after a reload, and after a quest was open on a phone', async () => {
  const page = await openLong({ width: 390, height: 844 })
  await list(page).evaluate((scroller) => scroller.scrollTo(0, 6000))
  const middle = await expect
    .poll(() => topRow(page))
    .toMatch(/^Quest 1\d\d/)
    .then(() => topRow(page))
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Projects' }).click()
  await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor()
  await page.goBack()
  await expect.poll(() => topRow(page)).toBe(middle)
  await page.reload()
  await expect.poll(() => topRow(page)).toBe(middle)

  await quest(page, titles[(Number(middle?.slice(6, 9)) || 0) + 2] ?? '').click()
  await page.getByRole('dialog', { name: 'Quest details' }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: /^Close/ }).click()
  await expect.poll(() => topRow(page)).toBe(middle)
  await page.goBack()
  await page.goForward()

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Today' }).click()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Inbox' }).click()
  await expect.poll(() => topRow(page)).toMatch(/^Quest 0/)
})

test('a page that is read comes back where it was left', async () => {
  const page = await (await site.openDevice({ viewport: { width: 1280, height: 300 } })).openTab()
  await goTo(page, 'Settings')
  const body = page.getByRole('main').locator('.overflow-y-auto').first()
  await body.evaluate((scroller) => scroller.scrollTo(0, 150))
  await page.evaluate(() => new Promise(requestAnimationFrame))
  await goTo(page, 'Today')
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  await expect.poll(() => body.evaluate((scroller) => scroller.scrollTop)).toBe(150)
})

test('print puts the whole list on paper, or the open quest with all its notes, in black on white', async () => {
  const page = await openLong({ width: 1280, height: 800 })
  await page.evaluate(() => {
    addEventListener('beforeprint', () => {
      const { length } = document.querySelectorAll('#main [data-quest]')
      document.body.dataset.printed = String(length)
    })
  })
  const pages = async (name: string) => {
    const pdf = await page.pdf({ format: 'A4' })
    if (process.env.QUESTLOG_SCREENSHOTS) await writeFile(`${process.env.QUESTLOG_SCREENSHOTS}/${name}.pdf`, pdf)
    return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
  }
  await list(page).evaluate((scroller) => scroller.scrollTo(0, 4000))
  const top = await expect
    .poll(() => topRow(page))
    .toMatch(/^Quest \d/)
    .then(() => topRow(page))
  expect(await pages('print-list')).toBeGreaterThanOrEqual(8)
  await expect.poll(() => topRow(page)).toBe(top)
  expect(await page.evaluate(() => document.body.dataset.printed)).toBe('300')
  await expect.poll(() => page.locator('#main [data-quest]').count()).toBeLessThan(60)

  await list(page).evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight))
  await quest(page, 'Quest 299').click()
  await notes(page).fill(Array.from({ length: 400 }, (_, line) => `Line ${line}`).join('\n'))
  expect(await pages('print-quest')).toBeGreaterThanOrEqual(7)
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  const colors = await page.getByRole('heading', { name: 'Notes' }).evaluate((heading) => {
    return [getComputedStyle(heading).color, getComputedStyle(document.body).backgroundColor]
  })
  expect(colors).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
  for (const name of ['Select', 'Add', 'Undo'])
    expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0)
})
