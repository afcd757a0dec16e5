import { screen, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { fill } from './fill.ts'
import type { Credentials } from './open-app-on-server.tsx'
import { main } from './screen.ts'

/** Signs in as a person does; where it leads depends on what the device holds. */
export async function signInOnScreen(user: UserEvent, credentials: Credentials): Promise<void> {
  const navigation = screen.getByRole('navigation', { name: 'Main' })
  await user.click(within(navigation).getByRole('link', { name: 'Sign in' }))
  await fillCredentials(user, credentials)
  await user.click(main().getByRole('button', { name: 'Sign in' }))
}

/** Fills in the form to sign in or up. */
export async function fillCredentials(user: UserEvent, { email, password }: Credentials): Promise<void> {
  await fill(user, await main().findByLabelText('E-mail'), email)
  await fill(user, main().getByLabelText('Password'), password)
}
