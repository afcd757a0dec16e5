import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { writeRow } from './log-on-device.ts'
import { takePictures } from './pictures.ts'
import { expectOnServer, openSavedDevice } from './saved-device.ts'
import { addQuests, checkbox, goTo, quest, untilInstalled, untilStatus } from './screen.ts'
import { appendToLog, readLog, unreadableUpdate, updateWithQuest } from './server-log.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
beforeEach(() => site.startServer())
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

test('entries of the server’s log that cannot be read are counted in a notice, skipped alone and left in the log', async () => {
  const { page, credentials, document } = await openSavedDevice(site, 'Readable')
  await site.killServer()
  await appendToLog(site.database, document, unreadableUpdate())
  await appendToLog(site.database, document, unreadableUpdate())
  await site.startServer()
  await page.reload()
  const notice = page.getByRole('status').filter({ hasText: '2 entries could not be read.' })
  await notice.waitFor()
  await untilStatus(page, 'Saved')
  expect(await violations(page)).toEqual([])
  await takePictures(page, 'unreadable-entries')
  await addQuests(page, 'Written beside them')
  await checkbox(page, 'Readable').click()
  await untilStatus(page, 'Saved')
  await expectOnServer(site, credentials, 'Written beside them')
  const kept = (await readLog(site.database, document)).getArray('quests').toJSON()
  expect(kept.filter((entry) => JSON.stringify(entry).includes('Unreadable'))).toHaveLength(2)

  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await notice.waitFor({ state: 'detached' })
  await page.reload()
  await notice.waitFor()
})

test('the owner of a log sees that the server could not take in changes, and people who only read it do not', async () => {
  const { page, document } = await openSavedDevice(site, 'Readable')
  await site.killServer()
  for (const noise of ['one', 'two']) await appendToLog(site.database, document, Buffer.from(`ÿÿ noise ${noise}`))
  await appendToLog(site.database, document, updateWithQuest('Written after it'))
  await site.startServer()
  await page.reload()
  await quest(page, 'Written after it').waitFor()
  await untilStatus(page, 'Saved')
  await goTo(page, 'Sync and devices')
  const notice = page.getByRole('region', { name: 'Some changes could not be read' })
  await notice.getByText('the server could not read 2 changes and has set them aside. Nothing else is lost.').waitFor()
  expect(await violations(page)).toEqual([])
  await takePictures(page, 'set-aside')

  await site.database.query("update memberships set role = 'member'")
  await page.reload()
  await untilStatus(page, 'Saved')
  await expect.poll(() => notice.count()).toBe(0)
})

test('an entry on this device that cannot be read is counted in a notice, and the log works without the server as before', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'Readable')
  await untilInstalled(page)
  await writeRow(page, unreadableUpdate())
  await page.reload()
  await page.getByRole('status').filter({ hasText: '1 entry could not be read.' }).waitFor()
  await addQuests(page, 'Written beside it')
  await page.reload()
  await quest(page, 'Readable').waitFor()
  await quest(page, 'Written beside it').waitFor()
  await page.getByRole('status').filter({ hasText: '1 entry could not be read.' }).waitFor()
})
