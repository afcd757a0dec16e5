import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { signIn, signUp } from './accounts.ts'
import { rowsOnDisk } from './log-on-device.ts'
import { addQuests, closeEditor, goTo, notes, quest, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'
import { fewestQuestsCalledSaved, watchStatus } from './status-history.ts'

/** As a server in a home network: by plain http, and under no name that counts as this machine. */
let site: Site
beforeAll(async () => {
  site = await openSite(undefined, 'questlog.test')
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

test('without a secure context all works but opening without the network', async () => {
  const device = await site.openDevice()
  const first = await device.openTab()
  const lacking = await first.evaluate(() => [isSecureContext, 'locks' in navigator, 'serviceWorker' in navigator])
  expect(lacking).toEqual([false, false, false])
  await addQuests(first, 'Before signing up')
  const credentials = await signUp(first)
  await untilStatus(first, 'Saved')
  const second = await device.openTab()
  await addQuests(second, 'From the other tab')
  await quest(first, 'From the other tab').waitFor()
  for (const tab of [first, second]) await untilStatus(tab, 'Saved')

  const elsewhere = await (await site.openDevice()).openTab()
  await signIn(elsewhere, credentials)
  await quest(elsewhere, 'From the other tab').click()
  await notes(elsewhere).pressSequentially('Written elsewhere')
  await closeEditor(elsewhere)
  await quest(first, 'From the other tab').click()
  await notes(first).getByText('Written elsewhere').waitFor()
  for (const page of ['Activity', 'Trash', 'Sync and devices', 'Settings', 'Inbox'] as const) await goTo(first, page)
  await second.reload()
  await quest(second, 'Before signing up').waitFor()
  for (const tab of [first, second, elsewhere]) await untilStatus(tab, 'Saved')
})

/** From now on what the tab writes reaches its disk, and no other tab and no server. */
function cutOff(tab: Page): Promise<void> {
  return tab.evaluate(() => {
    WebSocket.prototype.send = () => {}
    const { postMessage } = BroadcastChannel.prototype
    // What it says before it writes is said before it can crash of it.
    BroadcastChannel.prototype.postMessage = function (message) {
      if (message.type === 'writing') postMessage.call(this, message)
    }
  })
}

test('no tab says saved while an edit is only on the disk, where a tab left it that crashed', async () => {
  const device = await site.openDevice()
  const other = await device.openTab()
  await addQuests(other, 'Before')
  await signUp(other)
  const writer = await device.openTab()
  for (const tab of [other, writer]) await untilStatus(tab, 'Saved')
  await cutOff(writer)
  const rows = await rowsOnDisk(writer)
  await addQuests(writer, 'Left behind')
  await expect.poll(() => rowsOnDisk(writer)).toBeGreaterThan(rows)
  await watchStatus(other)
  const crashed = writer.waitForEvent('crash')
  await writer.goto('chrome://crash').catch(() => {})
  await crashed
  await quest(other, 'Left behind').waitFor()
  await untilStatus(other, 'Saved')
  expect(await fewestQuestsCalledSaved(other)).toBe(2)
})
