import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { signIn, signUp } from './accounts.ts'
import { expectOnServer, openSavedDevice } from './saved-device.ts'
import { addQuests, quest, retitle, row, status, untilInstalled, untilStatus, writeQuests } from './screen.ts'
import { openSite, type Site } from './site.ts'
import { questsCalledSaved, statusesOf, watchStatus } from './status-history.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
beforeEach(() => site.startServer())
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

async function twoDevices(...titles: readonly string[]) {
  const [a, b] = [await site.openDevice(), await site.openDevice()]
  const [here, there] = [await a.openTab(), await b.openTab()]
  await addQuests(here, ...titles)
  const credentials = await signUp(here)
  await untilStatus(here, 'Saved')
  await signIn(there, credentials)
  for (const title of titles) await quest(there, title).waitFor()
  await untilStatus(there, 'Saved')
  return { here, there, credentials }
}

test('edits made on two devices without the network all stand, and of one field the later edit wins on both, whosever it was', async () => {
  const { here, there } = await twoDevices('Shared', 'Earlier here', 'Earlier there')
  for (const page of [here, there]) await page.context().setOffline(true)

  await addQuests(here, 'New here')
  await addQuests(there, 'New there')
  await quest(here, 'Shared').focus()
  await here.keyboard.press('1')
  await retitle(there, 'Shared', 'Shared, renamed')
  await retitle(here, 'Earlier here', 'overridden')
  await retitle(there, 'Earlier here', 'Later there')
  await retitle(there, 'Earlier there', 'overridden')
  await retitle(here, 'Earlier there', 'Later here')

  for (const page of [here, there]) await page.context().setOffline(false)
  for (const page of [here, there]) {
    for (const title of ['New here', 'New there', 'Later here', 'Later there']) await quest(page, title).waitFor()
    await row(page, 'Shared, renamed').getByText('P1 Urgent').waitFor()
    await untilStatus(page, 'Saved')
    await expect.poll(() => page.getByText('overridden').count()).toBe(0)
  }
})

test('an edit is not called saved before the server has committed it, nor when the server dies over it', async () => {
  const { page, credentials, document } = await openSavedDevice(site, 'Committed')
  await watchStatus(page)
  const letCommit = await site.database.holdCommits(document)
  await addQuests(page, 'On its way')
  await untilStatus(page, 'Saving · 1 unsaved change')
  await expect
    .poll(() => site.database.query("select pid from pg_stat_activity where wait_event_type = 'Lock'"))
    .toHaveLength(1)
  await site.killServer()
  await letCommit()
  await untilStatus(page, 'Offline · 1 unsaved change')
  expect(await questsCalledSaved(page)).toBe(1)
  await site.startServer()
  await untilStatus(page, 'Saved')
  await expectOnServer(site, credentials, 'Committed', 'On its way')
})

test('a server killed while a device writes has kept all that the screen called saved, and gets the rest later', async () => {
  const { here, credentials } = await twoDevices('First')
  await untilInstalled(here)
  await watchStatus(here)
  const titles = Array.from({ length: 60 }, (_, index) => `Under fire ${index + 1}`)
  const writing = writeQuests(here, titles)
  // Killed once something was called saved while the writing went on.
  await here.waitForFunction(() => window.statusHistory.some(({ status, quests }) => status === 'Saved' && quests > 10))
  await site.killServer()
  await writing
  await status(here).filter({ hasText: 'Offline' }).waitFor()
  const [kept, before] = [await questsCalledSaved(here), await statusesOf(here)]
  expect(kept).toBeGreaterThan(10)
  await watchStatus(here)
  await writeQuests(here, ['Written while the server was down'])
  await here.getByText('62 quests', { exact: true }).first().waitFor()
  // Between two of its tries to connect.
  expect(before.findLast((text) => !text.startsWith('Connecting'))).toMatch(/^Offline/)
  expect(await statusesOf(here)).not.toContain('Saved')

  // The writer is away when the server is back: what a fresh device sees is what the server had kept.
  await here.context().setOffline(true)
  await site.startServer()
  const fresh = await (await site.openDevice()).openTab()
  await signIn(fresh, credentials)
  await untilStatus(fresh, 'Saved')
  await fresh.waitForFunction(
    (least) => Number.parseInt(document.querySelector('header h1 + p')?.textContent ?? '0', 10) >= least,
    kept,
  )
  expect(await statusesOf(here)).not.toContain('Saved')

  await here.context().setOffline(false)
  await untilStatus(here, 'Saved')
  await fresh.getByText('62 quests', { exact: true }).first().waitFor()
})
