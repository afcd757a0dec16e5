import type { Locator, Page } from 'playwright-core'

/** What a page says when the server cannot be asked, will not answer, or was asked too often. */
export const unreachable = 'The server cannot be reached. This needs it; try again when you are online.'
export const troubled = 'The server has a problem. Nothing was changed; try again later.'
export const tooMany = 'Too many requests. Wait a minute and try again.'

/** The pages about one's own account, and what a new one's show once the server has told it: most lists are empty. */
export const accountPages = [
  { name: 'Account', path: '/settings/account', shown: 'Your other devices are signed out when it changes.' },
  { name: 'Sign-in methods', path: '/settings/sign-in', shown: 'You have no passkeys yet.' },
  { name: 'Devices signed in', path: '/settings/devices', shown: 'You are signed in nowhere else.' },
  { name: 'Security events', path: '/settings/security', shown: 'Account created' },
  { name: 'API keys', path: '/settings/keys', shown: 'No keys yet' },
] as const

export type AccountPageName = (typeof accountPages)[number]['name']

/** Goes from one of these pages to another. */
export async function openAccountPage(page: Page, name: AccountPageName): Promise<void> {
  const links = page.getByRole('navigation', { name: 'Account settings' })
  await links.getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** What went wrong, as it is read out. */
export function told(within: Page | Locator, words: string): Locator {
  return within.getByRole('alert').filter({ hasText: words })
}
