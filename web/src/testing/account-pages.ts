import { type queries, screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect } from 'vitest'
import { goTo, main } from './screen.ts'

type Place = Pick<ReturnType<typeof within<typeof queries>>, 'queryAllByRole'>

/** What a page says when the server cannot be asked, or will not answer. */
export const unreachable = 'The server cannot be reached. This needs it; try again when you are online.'
export const troubled = 'The server has a problem. Nothing was changed; try again later.'

/** The pages about one's own account, and what a new one's show once the server has told it: most lists are empty. */
export const accountPages = [
  { name: 'Account', path: '/settings/account', shown: 'Your other devices are signed out when it changes.' },
  { name: 'Sign-in methods', path: '/settings/sign-in', shown: 'You have no passkeys yet.' },
  { name: 'Devices signed in', path: '/settings/devices', shown: 'You are signed in nowhere else.' },
  { name: 'Security events', path: '/settings/security', shown: 'Account created' },
  { name: 'API keys', path: '/settings/keys', shown: 'No keys yet' },
] as const

export type AccountPageName = (typeof accountPages)[number]['name']

/** Goes from the settings to one of these pages. */
export async function openFromSettings(user: UserEvent, name: AccountPageName): Promise<void> {
  await goTo(user, 'Settings')
  await user.click(main().getByRole('link', { name }))
  await screen.findByRole('heading', { level: 1, name })
}

/** Goes from one of these pages to another. */
export async function openAccountPage(user: UserEvent, name: AccountPageName): Promise<void> {
  const pages = screen.getByRole('navigation', { name: 'Account settings' })
  await user.click(within(pages).getByRole('link', { name }))
  await screen.findByRole('heading', { level: 1, name })
}

/** Where these words of what went wrong are read out. */
export function told(words: string, place: Place = screen): readonly HTMLElement[] {
  return place.queryAllByRole('alert').filter(({ textContent }) => textContent?.includes(words))
}

/** Resolves when the words are read out, in as many places at least. */
export async function untilTold(words: string, place?: Place, times = 1): Promise<void> {
  await waitFor(() => expect(told(words, place).length, words).toBeGreaterThanOrEqual(times))
}
