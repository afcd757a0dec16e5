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

/** Which ids the first two slots of a document keep for a later run. */
function restingOn(page: Page, document: string): Promise<readonly unknown[]> {
  return page.evaluate(
    (name) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open(`questlog/${name}`)
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('custom')
          const custom = transaction.objectStore('custom')
          const reading = ['writer-0', 'writer-1'].map((slot) => custom.get(slot))
          transaction.oncomplete = () => {
            opening.result.close()
            resolve(reading.flatMap(({ result }) => result ?? []))
          }
        }
      }),
    document,
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
      // Both have written since the first round. A page that is gone before its disk has heard of it loses the id.
      if (round > 1) {
        await tab.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide')))
        await expect.poll(() => restingOn(page, document)).toHaveLength(1)
      }
      await tab.reload()
      await quest(tab, 'At first').waitFor()
      await untilStatus(tab, 'Saved')
      await expect.poll(() => restingOn(page, document)).toEqual([])
    }
    for (const [number, tab] of [page, other].entries()) {
      await addQuests(tab, `Round ${round} of tab ${number}`)
      await untilStatus(tab, 'Saved')
    }
  }
  expect((await idsOf(document)).length).toBeLessThanOrEqual(3)
})
