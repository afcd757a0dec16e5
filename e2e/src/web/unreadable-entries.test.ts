import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { takePictures } from './pictures.ts'
import { expectOnServer, openSavedDevice } from './saved-device.ts'
import { addQuests, checkbox, goTo, quest, untilStatus } from './screen.ts'
import { appendToLog, readLog, unreadableUpdate, updateWithQuest } from './server-log.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

test('what cannot be read in the server’s log is counted, skipped alone and kept; what the server could not take in is told to the owner, and to nobody who only reads', async () => {
  const { page, credentials, document } = await openSavedDevice(site, 'Readable')
  await site.killServer()
  for (const _ of ['one', 'two']) await appendToLog(site.database, document, unreadableUpdate())
  for (const noise of ['one', 'two']) await appendToLog(site.database, document, Buffer.from(`ÿÿ noise ${noise}`))
  await appendToLog(site.database, document, updateWithQuest('Written after it'))
  await site.startServer()
  await page.reload()
  const unreadable = page.getByRole('status').filter({ hasText: '2 entries could not be read.' })
  await unreadable.waitFor()
  await quest(page, 'Written after it').waitFor()
  await untilStatus(page, 'Saved')
  await addQuests(page, 'Written beside them')
  await checkbox(page, 'Readable').click()
  await untilStatus(page, 'Saved')
  await expectOnServer(site, credentials, 'Written after it', 'Written beside them')

  await goTo(page, 'Sync and devices')
  const setAside = page.getByRole('region', { name: 'Some changes could not be read' })
  await setAside
    .getByText('the server could not read 2 changes and has set them aside. Nothing else is lost.')
    .waitFor()
  const kept = (await readLog(site.database, document)).getArray('quests').toJSON()
  expect(kept.filter((entry) => JSON.stringify(entry).includes('Unreadable'))).toHaveLength(2)
  expect(await violations(page)).toEqual([])
  await takePictures(page, 'unreadable-entries')

  await unreadable.getByRole('button', { name: 'Dismiss' }).click()
  await unreadable.waitFor({ state: 'detached' })
  await site.database.query("update memberships set role = 'member'")
  await page.reload()
  await unreadable.waitFor()
  await untilStatus(page, 'Saved')
  await expect.poll(() => setAside.count()).toBe(0)
})
