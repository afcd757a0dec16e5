import type { Page } from 'playwright-core'
import { untilStatus } from './screen.ts'

/** Makes a party as a person does, and ends on its page. */
export async function makeParty(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Change log/ }).click()
  await page.getByRole('option', { name: 'New party…' }).click()
  await page.getByRole('textbox', { name: 'Name of the party' }).fill(name)
  await page.getByRole('button', { name: 'Create party' }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
  await untilStatus(page, 'Saved')
}

/** Makes an invitation link on the party's page. */
export async function inviteByLink(page: Page, role: 'Member' | 'Viewer' | 'Guest' = 'Member'): Promise<string> {
  await page.getByRole('button', { name: 'Invite somebody' }).click()
  await page.getByLabel('Role', { exact: true }).selectOption({ label: role })
  await page.getByRole('button', { name: 'Create invitation' }).click()
  const link = await page.getByRole('textbox', { name: 'Invitation link' }).inputValue()
  await page.getByRole('button', { name: 'Done' }).click()
  return link
}

/** Changes to another log or party. */
export async function changeTo(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Change log/ }).click()
  await page.getByRole('option', { name: new RegExp(`^${name}`) }).click()
  await page.getByRole('button', { name: `Change log, now ${name}` }).waitFor()
}

/** Opens the page of the party on screen. */
export async function openPartyPage(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Party', exact: true }).click()
  await page.getByRole('list', { name: 'Members' }).waitFor()
}
