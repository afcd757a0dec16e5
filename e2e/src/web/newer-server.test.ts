import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { newerServer } from './newer-server.ts'
import { takePictures } from './pictures.ts'
import { expectExported, expectOnServer, openSavedDevice, untilRefused, writeOffline } from './saved-device.ts'
import { quickAdd, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

async function restartServer(environment: Readonly<Record<string, string>> = {}): Promise<void> {
  await site.killServer()
  await site.startServer(environment)
}

test('a server of a later version stops an app that cannot read what it keeps, which goes on once it is reloaded', async () => {
  const saved = await openSavedDevice(site, 'Saved before')
  const { device, page, credentials } = saved
  await writeOffline(saved, 'Written by the old app')
  await restartServer(newerServer({ reader: 2, writer: 2 }))
  await device.context.setOffline(false)
  const notice = await untilRefused(page, 'This version of the app is too old')
  await expect.poll(() => quickAdd(page).isDisabled()).toBe(true)
  await takePictures(page, 'refused-old-client')
  await expectExported(page, notice, 'Saved before', 'Written by the old app')
  await site.killServer()
  // A page that hears of the network tries again by itself.
  await site.startServerUnheard()
  await notice.getByRole('button', { name: 'Load again' }).click()
  await untilStatus(page, 'Saved')
  await expectOnServer(site, credentials, 'Saved before', 'Written by the old app')
})

test('a server of a later version lets an app that cannot write its shape read, which says so', async () => {
  const { page } = await openSavedDevice(site, 'Saved before')
  await restartServer(newerServer({ reader: 1, writer: 2 }))
  await page.getByText('This log can only be read here.').waitFor()
  await untilStatus(page, 'Saved')
  await expect.poll(() => quickAdd(page).isDisabled()).toBe(true)
  await restartServer()
  await page.reload()
  await untilStatus(page, 'Saved')
  await expect.poll(() => quickAdd(page).isEnabled()).toBe(true)
})
