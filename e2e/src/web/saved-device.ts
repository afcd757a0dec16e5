import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Credentials, signIn, signUp } from './accounts.ts'
import type { Device } from './device.ts'
import { downloadFrom } from './export.ts'
import { documentOnScreen } from './log-on-device.ts'
import { addQuests, quest, untilStatus } from './screen.ts'
import type { Site } from './site.ts'

/** A device whose log is saved in an account. */
export interface SavedDevice {
  readonly device: Device
  readonly page: Page
  readonly credentials: Credentials
  /** The name of the log's document. */
  readonly document: string
}

/** Opens a device, writes the quests, and makes an account that holds them. */
export async function openSavedDevice(site: Site, ...titles: readonly string[]): Promise<SavedDevice> {
  const device = await site.openDevice()
  const page = await device.openTab()
  await addQuests(page, ...titles)
  const credentials = await signUp(page)
  await untilStatus(page, 'Saved')
  return { device, page, credentials, document: await documentOnScreen(page) }
}

/** Writes a quest while the network is away; the network stays away. */
export async function writeOffline({ device, page }: SavedDevice, title: string): Promise<void> {
  await device.context.setOffline(true)
  await addQuests(page, title)
  await untilStatus(page, 'Offline · 1 unsaved change')
}

/** The notice that the server does not accept the log's edits, once it says why. */
export async function untilRefused(page: Page, why: string | RegExp): Promise<Locator> {
  const notice = page.getByRole('alert').filter({ hasText: 'The server does not accept this log’s edits.' })
  await notice.getByText(why).waitFor()
  return notice
}

/** Presses the notice's export button: the file must hold these quests, saved or not. */
export async function expectExported(page: Page, notice: Locator, ...titles: readonly string[]): Promise<void> {
  const { log } = await downloadFrom(page, notice.getByRole('button', { name: 'Export as JSON' }))
  for (const title of titles) expect(JSON.stringify(log)).toContain(`"${title}"`)
}

/** Signs in on a device that never saw the log: what it shows is what the server has. */
export async function expectOnServer(
  site: Site,
  credentials: Credentials,
  ...titles: readonly string[]
): Promise<void> {
  const page = await (await site.openDevice()).openTab()
  await signIn(page, credentials)
  for (const title of titles) await quest(page, title).waitFor()
  await untilStatus(page, 'Saved')
}
