import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { fillSignUp, newCredentials, signUp } from './accounts.ts'
import type { Device } from './device.ts'
import { untilStatus } from './screen.ts'
import type { Site } from './site.ts'

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

/** Opens the page of the party on screen. */
export async function openPartyPage(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Party', exact: true }).click()
  await page.getByRole('list', { name: 'Members' }).waitFor()
}

/** Ada, who owns the party, on its page, and a link she made. */
export async function openOwner(
  site: Site,
  party: string,
  role: 'Member' | 'Viewer' | 'Guest' = 'Member',
): Promise<{ readonly device: Device; readonly page: Page; readonly link: string }> {
  const device = await site.openDevice()
  const page = await device.openTab()
  await signUp(page)
  await makeParty(page, party)
  return { device, page, link: await inviteByLink(page, role) }
}

/** Ben, who has no account when he opens the link. */
export async function joinByLink(
  site: Site,
  link: string,
  party: string,
): Promise<{ readonly device: Device; readonly page: Page }> {
  const device = await site.openDevice()
  const page = await device.openTab(new URL(link).pathname + new URL(link).hash)
  await joinAsBen(page, party)
  return { device, page }
}

/** Joins as Ben, who has no account yet, on the page of the invitation. */
export async function joinAsBen(page: Page, party: string): Promise<void> {
  await page.getByText(`Ada invites you to ${party}.`).waitFor()
  await page.getByRole('main').getByRole('link', { name: 'Create an account' }).click()
  await fillSignUp(page, newCredentials(), 'Ben')
  await page.getByText('You are signed in as Ben.').waitFor()
  await page.getByRole('button', { name: `Join ${party}` }).click()
}

/** Gives somebody a role on the party's page; returns when the server had done it, in milliseconds since the epoch. */
export async function giveRole(page: Page, name: string, label: string): Promise<number> {
  const roles = page.getByLabel(`Role of ${name}`)
  await roles.selectOption({ label })
  const give = page.getByRole('button', { name: `Give ${name} the role “${label}”` })
  const doneAt = await untilAnswered(page, 'PATCH', () => give.click())
  await expect.poll(() => roles.locator('option:checked').textContent()).toBe(label)
  return doneAt
}

/** Does something the server answers with nothing; returns when it answered, in milliseconds since the epoch. */
export async function untilAnswered(page: Page, method: string, act: () => Promise<unknown>): Promise<number> {
  const answered = page.waitForResponse((response) => response.request().method() === method)
  await act()
  const response = await answered
  expect(response.status()).toBe(204)
  const { startTime, responseStart } = response.request().timing()
  return startTime + responseStart
}

/** From now on looks when words are first on screen; returns the way to learn it, in milliseconds since the epoch. */
export async function watchFor(page: Page, words: string): Promise<() => Promise<number>> {
  const seen = await page.evaluateHandle(
    (text) => ({
      at: new Promise<number>((resolve) => {
        const look = () => {
          if (document.body.textContent?.includes(text)) resolve(Date.now())
        }
        new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
      }),
    }),
    words,
  )
  return () => seen.evaluate(({ at }) => at)
}

/** Unfolds what is done, and waits for a quest there. */
export async function untilDone(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: /^Done/, expanded: false }).click()
  await page.getByRole('main').getByRole('checkbox', { name: title, checked: true }).waitFor()
}
