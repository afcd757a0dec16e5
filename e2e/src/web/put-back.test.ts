import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { documentOnScreen } from './log-on-device.ts'
import { joinByLink, openOwner } from './parties.ts'
import { takePictures } from './pictures.ts'
import { addQuests, goTo, quest, untilStatus } from './screen.ts'
import { appendToLog, readLog } from './server-log.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
beforeEach(() => site.startServer())
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

const activity = (page: Page) => page.getByRole('main').getByRole('list', { name: 'Activity' })
const line = (page: Page, text: string | RegExp) => activity(page).getByRole('listitem').filter({ hasText: text })
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name })
const toast = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text })

/** Writes a member's delete set of every quest into a party's log, past the server. */
async function deleteEveryQuest(document: string, member: string): Promise<void> {
  const [user] = await site.database.query(
    `select users.id from users join memberships on memberships.user_id = users.id
     where workspace_id = $1 and display_name = $2`,
    [document.split(':')[1], member],
  )
  const doc = await readLog(site.database, document)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.getArray('quests').delete(0, doc.getArray('quests').length)
  await appendToLog(site.database, document, updates[0] ?? new Uint8Array(), String(user?.id))
}

/** Presses Enter on it, as a person without a pointer does. */
async function press(button: Locator): Promise<void> {
  await button.focus()
  await button.press('Enter')
}

test('an owner sees what a member removed past every rule, puts it back, takes that back, and puts the whole log back', async () => {
  const { device, page: ada, link } = await openOwner(site, 'Guild')
  await goTo(ada, 'Inbox')
  await addQuests(ada, 'Slay the dragon', 'Feed the horse')
  await untilStatus(ada, 'Saved')
  const { page: ben } = await joinByLink(site, link, 'Guild')
  await quest(ben, 'Feed the horse').waitFor()

  await site.killServer()
  await deleteEveryQuest(await documentOnScreen(ada), 'Ben')
  await site.startServer()
  for (const page of [ada, ben]) await quest(page, 'Slay the dragon').waitFor({ state: 'detached' })
  await addQuests(ada, 'Made since')
  await untilStatus(ada, 'Saved')

  await goTo(ada, 'Activity')
  await press(ada.getByRole('button', { name: 'Only removed' }))
  const gone = line(ada, 'Slay the dragon')
  await gone.getByText('Removed', { exact: true }).waitFor()
  await ada.getByRole('heading', { level: 2, name: 'Today · Ben' }).waitFor()
  expect(await violations(ada, 'activity-removed')).toEqual([])
  await takePictures(ada, 'activity-removed')

  await press(gone.getByRole('button', { name: 'Put back', exact: true }))
  const one = dialog(ada, 'Put it back?')
  await one.getByText('Comes back: 1 quest').waitFor()
  expect(await violations(ada, 'put-back')).toEqual([])
  await press(one.getByRole('button', { name: 'Put back' }))
  await one.waitFor({ state: 'detached' })
  await expect.poll(() => gone.evaluate((item) => item.contains(document.activeElement))).toBe(true)
  await quest(ben, 'Slay the dragon').waitFor()
  await toast(ada, /Put back: .*Slay the dragon/).waitFor()
  await takePictures(ada, 'put-back-done')
  await press(toast(ada, /Put back: /).getByRole('button', { name: 'Undo' }))
  await quest(ben, 'Slay the dragon').waitFor({ state: 'detached' })

  await press(ada.getByRole('button', { name: 'Only removed' }))
  await line(ada, 'Put one thing back to').first().waitFor()
  await press(activity(ada).getByRole('button', { name: 'Put the log back to before this' }))
  const whole = dialog(ada, 'Put the log back?')
  await whole.getByText('Comes back: 2 quests').waitFor()
  await whole.getByText('Goes to the Trash, made since then: 1 quest').waitFor()
  expect(await violations(ada, 'put-log-back')).toEqual([])
  await takePictures(ada, 'put-log-back')
  await device.context.setOffline(true)
  await press(whole.getByRole('button', { name: 'Put back' }))
  await whole.getByText('Putting back needs the server, which does not answer now.').waitFor()
  await device.context.setOffline(false)
  await untilStatus(ada, 'Saved')
  await press(whole.getByRole('button', { name: 'Put back' }))
  await line(ada, /^Put the whole log back to /).waitFor()
  for (const title of ['Slay the dragon', 'Feed the horse']) await quest(ben, title).waitFor()
  await quest(ben, 'Made since').waitFor({ state: 'detached' })

  await goTo(ben, 'Activity')
  await line(ben, 'Put the whole log back to').waitFor()
  expect(await ben.getByRole('button', { name: /^Put / }).count()).toBe(0)
  await press(ben.getByRole('button', { name: 'Only removed' }))
  await line(ben, 'Feed the horse').getByText('Removed', { exact: true }).waitFor()
  expect(await ben.getByRole('button', { name: /^Put / }).count()).toBe(0)
})
