import type { CDPSession, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { takePictures } from './pictures.ts'
import { addQuests, editor, pasteQuests, quest, quickAdd } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

const roomBytes = 1_000_000

/** A device whose disk has room for some quests; filled up by as many more as it takes. */
async function openFilledUp(): Promise<{ page: Page; session: CDPSession }> {
  const device = await site.openDevice()
  const page = await device.context.newPage()
  const session = await device.context.newCDPSession(page)
  // Before anything is stored: Chromium remembers for a while how much room it last found.
  await session.send('Storage.overrideQuotaForOrigin', { origin: site.url, quotaSize: roomBytes })
  await page.goto(site.url)
  await addQuests(page, 'Written in time', 'Written in time too')
  for (let batch = 0; batch < 20 && (await banner(page).count()) === 0; batch++) {
    await pasteQuests(
      page,
      Array.from({ length: 500 }, (_, index) => `Filler ${batch}/${index} ${noise()}`),
    )
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
  }
  await banner(page).waitFor()
  return { page, session }
}

/** As long as a title may nearly be; Chromium compresses what repeats itself. */
const noise = () => Array.from({ length: 13 }, () => crypto.randomUUID()).join('')

const banner = (page: Page) => page.getByRole('alert').filter({ hasText: 'Edits are paused.' })

test('a full disk blocks edits under a banner, and a reload shows all that had been written', async () => {
  const { page } = await openFilledUp()
  await expect.poll(() => banner(page).textContent()).toContain('Everything written so far is safe')
  await expect.poll(() => quickAdd(page).isDisabled()).toBe(true)
  const last = page.getByRole('main').getByRole('checkbox').last()
  await last.click()
  await page.getByText('Not changed: this device cannot keep edits right now.').waitFor()
  await expect.poll(() => last.getAttribute('aria-checked')).toBe('false')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('It still cannot be written.').waitFor()

  await page.reload()
  await quest(page, 'Written in time').waitFor()
  await quest(page, 'Written in time too').waitFor()
})

test('on a narrow screen the banner stands above the open quest, and its buttons work there', async () => {
  const { page } = await openFilledUp()
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('main').getByRole('listitem').getByRole('link').last().click()
  await editor(page).waitFor()
  await takePictures(page, 'full-disk-editor')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('It still cannot be written.').waitFor()
  const [above, below] = [await banner(page).boundingBox(), await editor(page).boundingBox()]
  expect(above?.y).toBe(0)
  expect(below?.y).toBe(above?.height)
  // What screen readers alone are given must not lengthen the page, or the browser scrolls the banner away.
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
})

test('once there is room again, “Try again” writes what was held back and edits go on', async () => {
  const { page, session } = await openFilledUp()
  const heading = page.getByRole('main').locator('header')
  const count = (await heading.textContent())?.match(/[\d,]+ quests/)?.[0] ?? ''
  await session.send('Storage.overrideQuotaForOrigin', { origin: site.url })
  await page.getByRole('button', { name: 'Try again' }).click()
  await banner(page).waitFor({ state: 'detached' })
  await page.reload()
  await heading.getByText(count).waitFor()
  await quickAdd(page).fill('After the flood')
  await quickAdd(page).press('Enter')
  await expect.poll(() => heading.textContent()).not.toContain(count)
  await expect.poll(() => banner(page).count()).toBe(0)
})
