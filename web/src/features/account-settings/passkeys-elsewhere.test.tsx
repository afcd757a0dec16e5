import { screen, waitFor, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFromSettings } from '../../testing/account-pages.ts'
import { openAppOnServer, signUp } from '../../testing/open-app-on-server.tsx'
import { type OwnServer, openOwnServer } from '../../testing/own-server.ts'
import { main } from '../../testing/screen.ts'

let server: OwnServer
beforeAll(async () => {
  server = await openOwnServer({ PUBLIC_URL: 'http://localhost:4000' })
})
afterAll(() => server.close())

test('a passkey of another host is listed as working there only, and is no way into the account', async () => {
  const app = await openAppOnServer('/', server.url)
  const { user } = app
  const { email } = await signUp(app)
  // As on a server that has moved since, and an account that never had a password.
  await server.query(
    `insert into passkeys
       (id, user_id, credential_id, public_key, counter, transports, name, backed_up, created_at, rp_id)
     select lpad(n::text, 26, '0'), users.id, decode(n::text, 'escape'), '\\x02', 0, '[]', name, false, now(), host
     from users, (values (1, 'Works', 'localhost'), (2, 'Elsewhere', 'old.example.org')) passkey(n, name, host)
     where email = $1`,
    [email],
  )
  await server.query('update users set password_hash = null where email = $1', [email])
  await openFromSettings(user, 'Sign-in methods')
  const lines = within(await screen.findByRole('list', { name: 'Passkeys' }))
  const elsewhere = lines.getByText('Works at old.example.org only, not at this address.', { exact: false })
  expect(elsewhere.closest('li')?.textContent).toContain('Elsewhere')
  expect(screen.getAllByText(/^Works at /)).toHaveLength(1)

  const remove = async (name: string) => {
    await user.click(main().getByRole('button', { name: `Remove ${name}` }))
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }))
  }
  await remove('Works')
  await screen.findByText('It is the only way into your account. Add another one first.')
  await remove('Elsewhere')
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Rename Elsewhere' })).toBeNull())
  main().getByRole('button', { name: 'Rename Works' })
})
