import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { signUp } from './accounts.ts'
import { rowsOnDisk } from './log-on-device.ts'
import { addQuests, checkbox, notes, quest, untilInstalled, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'
import { fewestQuestsCalledSaved, watchStatus } from './status-history.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

/** Counts the sockets that a tab holds open, from before it loads anything. */
function openSockets(page: Page): () => number {
  let count = 0
  page.on('websocket', (socket) => {
    count += 1
    socket.once('close', () => {
      count -= 1
    })
  })
  return () => count
}

test('two tabs without a network show each other’s edits at once', async () => {
  const device = await site.openDevice()
  const here = await device.openTab()
  await addQuests(here, 'Before')
  await untilInstalled(here)
  await device.context.setOffline(true)
  const there = await device.openTab()
  await addQuests(here, 'From here')
  await quest(there, 'From here').waitFor()
  await addQuests(there, 'From there')
  await quest(here, 'From there').waitFor()
  await checkbox(here, 'Before').click()
  await quest(there, 'Before').waitFor({ state: 'detached' })
  await quest(here, 'From here').click()
  await quest(there, 'From here').click()
  await notes(here).pressSequentially('Seen next door')
  await notes(there).getByText('Seen next door').waitFor()
})

test('of two tabs one holds the only socket, and the other takes over when it is closed', async () => {
  const device = await site.openDevice()
  const first = await device.context.newPage()
  const socketsOfFirst = openSockets(first)
  await first.goto(site.url)
  await addQuests(first, 'Before')
  await signUp(first)
  await untilStatus(first, 'Saved')
  const second = await device.context.newPage()
  const socketsOfSecond = openSockets(second)
  await second.goto(site.url)
  await addQuests(second, 'From the tab without a socket')
  await untilStatus(second, 'Saved')
  await quest(first, 'From the tab without a socket').waitFor()
  expect([socketsOfFirst(), socketsOfSecond()]).toEqual([1, 0])

  await first.close()
  await expect.poll(socketsOfSecond, { timeout: 15_000 }).toBe(1)
  await addQuests(second, 'After the change')
  await untilStatus(second, 'Saved')
})

test('no tab says saved while an edit is only on the disk, where a tab left it that crashed', async () => {
  const device = await site.openDevice()
  const owner = await device.openTab()
  await addQuests(owner, 'Before')
  await signUp(owner)
  const [follower, writer] = [await device.openTab(), await device.openTab()]
  const others = [owner, follower]
  for (const tab of [owner, follower, writer]) await untilStatus(tab, 'Saved')
  await writer.evaluate(() => {
    BroadcastChannel.prototype.postMessage = () => {}
  })
  const rows = await rowsOnDisk(writer)
  await addQuests(writer, 'Left behind')
  await expect.poll(() => rowsOnDisk(writer)).toBeGreaterThan(rows)
  for (const tab of others) await watchStatus(tab)
  const crashed = writer.waitForEvent('crash')
  await writer.goto('chrome://crash').catch(() => {})
  await crashed
  for (const tab of others) {
    await quest(tab, 'Left behind').waitFor()
    await untilStatus(tab, 'Saved')
    expect(await fewestQuestsCalledSaved(tab)).toBe(2)
  }
})
