import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { documentOnScreen } from './log-on-device.ts'
import { openSavedDevice } from './saved-device.ts'
import { addQuests, quest, untilInstalled, untilStatus } from './screen.ts'
import { readLog } from './server-log.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
beforeEach(() => site.startServer())
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

const idsOf = async (document: string) => [...(await readLog(site.database, document)).store.clients.keys()]

/** Which ids are left for a later run. */
function restingOn(page: Page, document: string): Promise<readonly string[]> {
  return page.evaluate(
    (prefix) => Object.keys(localStorage).filter((key) => key.startsWith(prefix)),
    `questlog.at-once/${document}/`,
  )
}

test('[R35] a page that is loaded again and again writes with the ids it had', async () => {
  const { page } = await openSavedDevice(site, 'At first')
  await untilInstalled(page)
  const document = await documentOnScreen(page)
  const before = await idsOf(document)
  for (const title of ['Second', 'Third', 'Fourth', 'Fifth']) {
    await page.reload()
    await quest(page, 'At first').waitFor()
    await untilStatus(page, 'Saved')
    // Taken up: it is off the list.
    await expect.poll(() => restingOn(page, document)).toEqual([])
    await addQuests(page, title)
    await untilStatus(page, 'Saved')
  }
  expect(await idsOf(document)).toEqual(before)
})

test('[R35] two tabs write with an id each, however often they are loaded', async () => {
  const { device, page } = await openSavedDevice(site, 'At first')
  await untilInstalled(page)
  const document = await documentOnScreen(page)
  const other = await device.openTab()
  for (const round of [1, 2, 3]) {
    for (const tab of [page, other]) {
      await tab.reload()
      await quest(tab, 'At first').waitFor()
      await untilStatus(tab, 'Saved')
    }
    await expect.poll(() => restingOn(page, document)).toEqual([])
    for (const [number, tab] of [page, other].entries()) {
      await addQuests(tab, `Round ${round} of tab ${number}`)
      await untilStatus(tab, 'Saved')
    }
  }
  expect((await idsOf(document)).length).toBeLessThanOrEqual(3)
})
