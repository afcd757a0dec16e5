import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { documentOnScreen, documentsOnDevice, writeRow } from './log-on-device.ts'
import { takePictures } from './pictures.ts'
import { expectOnServer, openSavedDevice, writeOffline } from './saved-device.ts'
import { addQuests, closeEditor, notes, quest, untilStatus } from './screen.ts'
import { readLog, rebase, updateWithQuest } from './server-log.ts'
import { openSite, type Site } from './site.ts'
import { statusesOf, watchStatus } from './status-history.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
beforeEach(() => site.startServer())
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

async function notesOnServer(document: string): Promise<readonly string[]> {
  const log = await readLog(site.database, document)
  const roots = [...log.share.keys()].filter((root) => root.startsWith('note:'))
  return roots.map((root) => log.getText(root).toString())
}

test('a log the server has moved to a new document is followed there with what was written offline, unseen', async () => {
  const saved = await openSavedDevice(site, 'Saved before')
  const { device, page, credentials, document } = saved
  await writeOffline(saved, 'Written under the old epoch')
  await quest(page, 'Saved before').click()
  await notes(page).fill('Noted under the old epoch')
  await closeEditor(page)
  const next = await rebase(site.database, document)
  await watchStatus(page)
  await device.context.setOffline(false)

  await expect.poll(() => documentOnScreen(page)).toBe(next)
  await untilStatus(page, 'Saved')
  expect(await violations(page)).toEqual([])
  await takePictures(page, 'new-epoch')
  expect(await statusesOf(page)).not.toContainEqual(expect.stringMatching(/^Not accepted/))
  expect(await page.getByRole('alert').allTextContents()).toEqual([])
  await expect.poll(() => documentsOnDevice(page)).toEqual([next])
  await page.reload()
  await quest(page, 'Written under the old epoch').waitFor()
  await quest(page, 'Saved before').click()
  await notes(page).getByText('Noted under the old epoch').waitFor()
  await closeEditor(page)
  await addQuests(page, 'Written under the new epoch')
  await untilStatus(page, 'Saved')
  await expectOnServer(site, credentials, 'Saved before', 'Written under the old epoch', 'Written under the new epoch')
  expect((await readLog(site.database, next)).getArray('quests').length).toBeGreaterThan(2)
})

test('a log that moved before a backup was put back says so, and is brought back with all that was written since', async () => {
  const { page, credentials, document } = await openSavedDevice(site, 'Saved before')
  await site.killServer()
  const putBack = await site.database.backUp()
  await site.startServer()
  await untilStatus(page, 'Saved')
  const next = await rebase(site.database, document)
  await expect.poll(() => documentOnScreen(page)).toBe(next)
  await untilStatus(page, 'Saved')
  await addQuests(page, 'Written since')
  await untilStatus(page, 'Saved')
  await site.killServer()
  await putBack()
  await site.startServer()

  await page.getByText('The server was put back to an earlier state').waitFor()
  await takePictures(page, 'ahead-of-backup')
  await page.getByRole('button', { name: 'Bring it back' }).click()
  await expect.poll(() => documentOnScreen(page)).toBe(document)
  await untilStatus(page, 'Saved')
  await expectOnServer(site, credentials, 'Saved before', 'Written since')
  await expect.poll(() => documentsOnDevice(page)).toEqual([document])
})

test('a note that is open stays open: text, caret and what is typed meanwhile; and commands of before can be undone', async () => {
  const saved = await openSavedDevice(site, 'Saved before')
  const { device, page, document } = saved
  await quest(page, 'Saved before').click()
  await notes(page).fill('One two')
  await closeEditor(page)
  await untilStatus(page, 'Saved')
  await writeOffline(saved, 'Undone later')
  await quest(page, 'Saved before').click()
  await notes(page).press('End')
  await notes(page).pressSequentially(' unsent')
  for (let step = 0; step < ' two unsent'.length; step += 1) await notes(page).press('ArrowLeft')
  const next = await rebase(site.database, document)
  await device.context.setOffline(false)
  let typed = ''
  while ((await documentOnScreen(page)) !== next) {
    await page.keyboard.type('x')
    typed += 'x'
  }
  await page.keyboard.type('yz')
  const text = `One${typed}yz two unsent`
  await notes(page).getByText(text, { exact: true }).waitFor()
  await untilStatus(page, 'Saved')
  expect(await notesOnServer(next)).toEqual([text])
  await closeEditor(page)
  await page.getByRole('main').press('Control+z')
  await quest(page, 'Undone later').waitFor({ state: 'detached' })
  await untilStatus(page, 'Saved')
})

test('two tabs move to the new document together, and go on showing each other’s edits', async () => {
  const saved = await openSavedDevice(site, 'Saved before')
  const { device, page, document } = saved
  const other = await device.openTab()
  await untilStatus(other, 'Saved')
  await writeOffline(saved, 'Written under the old epoch')
  await quest(other, 'Written under the old epoch').click()
  await notes(other).fill('Noted in the other tab')
  await closeEditor(other)
  const next = await rebase(site.database, document)
  await device.context.setOffline(false)
  for (const tab of [page, other]) await untilStatus(tab, 'Saved')
  await expect.poll(() => documentsOnDevice(page)).toEqual([next])
  await addQuests(page, 'From the one')
  await quest(other, 'From the one').waitFor()
  await addQuests(other, 'From the other')
  await quest(page, 'From the other').waitFor()
  for (const tab of [page, other]) await untilStatus(tab, 'Saved')
  expect(await notesOnServer(next)).toEqual(['Noted in the other tab'])
  expect(await documentsOnDevice(page)).toEqual([next])
})

test('an old document that could not be removed is removed at the next start, and what it holds alone is taken in', async () => {
  const saved = await openSavedDevice(site, 'Saved before')
  const { device, page, credentials, document } = saved
  await writeOffline(saved, 'Written under the old epoch')
  await page.evaluate(() => {
    IDBFactory.prototype.deleteDatabase = () => {
      throw new DOMException('The disk fails', 'UnknownError')
    }
  })
  const next = await rebase(site.database, document)
  await device.context.setOffline(false)
  await expect.poll(() => documentOnScreen(page)).toBe(next)
  await untilStatus(page, 'Saved')
  expect(await documentsOnDevice(page)).toEqual([document, next])
  // As a tab does that knows nothing of the move.
  await writeRow(page, updateWithQuest('Written too late'), document)
  await page.reload()
  await quest(page, 'Written too late').waitFor()
  await quest(page, 'Written under the old epoch').waitFor()
  await expect.poll(() => documentsOnDevice(page)).toEqual([next])
  await untilStatus(page, 'Saved')
  await expectOnServer(site, credentials, 'Saved before', 'Written under the old epoch', 'Written too late')
})
