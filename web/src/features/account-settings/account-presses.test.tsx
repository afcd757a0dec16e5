import { screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type AccountPageName,
  openAccountPage,
  openFromSettings,
  told,
  troubled,
  unreachable,
  untilTold,
} from '../../testing/account-pages.ts'
import { takeDownloads } from '../../testing/downloads.ts'
import { fill } from '../../testing/fill.ts'
import { type Credentials, openAppOnServer, signUp } from '../../testing/open-app-on-server.tsx'
import { type OwnServer, openOwnServer } from '../../testing/own-server.ts'
import { signInElsewhere } from '../../testing/person-elsewhere.ts'
import { main } from '../../testing/screen.ts'

/** Something done on a page about one's own account, which needs the server. */
interface Press {
  readonly what: string
  readonly on: AccountPageName
  /** Fills in what there is to fill in; called once. */
  readonly prepare?: (user: UserEvent, credentials: Credentials) => Promise<void>
  readonly press: (user: UserEvent) => Promise<void>
  /** What was typed, by label. */
  readonly typed?: Readonly<Record<string, string>>
  /** What is on screen once it is done. */
  readonly done: () => readonly HTMLElement[]
  /** Where it is told: in the form it was pressed in, unless it says otherwise. A list below is marked as old besides. */
  readonly told?: 'toast' | 'toast and list'
}

const dialog = () => within(screen.getByRole('dialog'))
const said = (words: string) =>
  screen.queryAllByRole('status').filter(({ textContent }) => textContent?.includes(words))
const clickIn = (place: typeof main, name: string) => async (user: UserEvent) =>
  user.click(await place().findByRole('button', { name }))
const confirm = (name: string) => async (user: UserEvent) => {
  await clickIn(main, name)(user)
  await clickIn(dialog, name)(user)
}

/** In this order, for one person: another password signs other devices out, and the last is the end of the account. */
const presses: readonly Press[] = [
  {
    what: 'signing out elsewhere',
    on: 'Devices signed in',
    press: confirm('Sign out all others'),
    done: () => screen.queryAllByText('You are signed in nowhere else.'),
    told: 'toast and list',
  },
  {
    what: 'another name',
    on: 'Account',
    prepare: async (user) => fill(user, await main().findByLabelText('Name'), 'Ada the Great'),
    press: clickIn(main, 'Save'),
    typed: { Name: 'Ada the Great' },
    done: () => within(screen.getByRole('navigation', { name: 'Main' })).queryAllByText('Ada the Great'),
  },
  {
    what: 'another password',
    on: 'Account',
    async prepare(user, { password }) {
      await fill(user, await main().findByLabelText('Current password'), password)
      await fill(user, main().getByLabelText('New password'), 'a battery of staples')
    },
    press: clickIn(main, 'Change the password'),
    typed: { 'New password': 'a battery of staples' },
    done: () => said('Your password is changed.'),
  },
  {
    what: 'all data',
    on: 'Account',
    press: clickIn(main, 'Download my data'),
    done: () => said('Your data is downloaded.'),
  },
  {
    what: 'the authenticator app',
    on: 'Sign-in methods',
    press: clickIn(main, 'Set up an authenticator app'),
    told: 'toast',
    done: () => screen.queryAllByRole('img', { name: 'QR code for your authenticator app' }),
  },
  {
    what: 'another name of a passkey',
    on: 'Sign-in methods',
    async prepare(user) {
      await user.click(await main().findByRole('button', { name: 'Rename Laptop' }))
      await fill(user, dialog().getByLabelText('Name'), 'Old laptop')
    },
    press: clickIn(dialog, 'Save'),
    typed: { Name: 'Old laptop' },
    done: () => screen.queryAllByRole('button', { name: 'Rename Old laptop' }),
  },
  {
    what: 'a provider',
    on: 'Sign-in methods',
    press: clickIn(main, 'Link Acme'),
    told: 'toast',
    done: () => told('The provider cannot be reached now.'),
  },
  {
    what: 'earlier events',
    on: 'Security events',
    press: clickIn(main, 'Show earlier ones'),
    done: () => screen.queryAllByText('Account created'),
  },
  {
    what: 'a new key',
    on: 'API keys',
    async prepare(user) {
      await user.click(await main().findByRole('button', { name: 'New key' }))
      await fill(user, dialog().getByLabelText('What it is for'), 'Backup script')
    },
    press: clickIn(dialog, 'Create key'),
    typed: { 'What it is for': 'Backup script' },
    done: () => screen.queryAllByRole('dialog', { name: 'The key is ready' }),
  },
  {
    what: 'the end of the account',
    on: 'Account',
    async prepare(user, { email }) {
      await user.click(await main().findByRole('button', { name: 'Delete the account' }))
      await fill(user, dialog().getByLabelText(/^Type your e-mail address/), email)
      await fill(user, dialog().getByLabelText('Password'), 'a battery of staples')
    },
    press: clickIn(dialog, 'Delete the account'),
    typed: { Password: 'a battery of staples' },
    done: () => screen.queryAllByText('Your account is deleted.'),
  },
]

let server: OwnServer
beforeAll(async () => {
  const offered = { id: 'acme', name: 'Acme', issuer: 'http://127.0.0.1:9', clientId: 'questlog' }
  server = await openOwnServer({ OIDC_PROVIDERS: JSON.stringify([offered]) })
})
afterAll(() => server.close())

/** Gives the account a passkey, and events that fill more than a page. */
async function addPasskeyAndEvents({ email }: Credentials): Promise<void> {
  await server.query(
    `insert into passkeys (id, user_id, credential_id, public_key, counter, transports, name, backed_up, created_at)
     select $2, id, '\\x01', '\\x02', 0, '[]', 'Laptop', false, now() from users where email = $1`,
    [email, '0'.repeat(26)],
  )
  await server.query(
    `insert into security_events (id, user_id, kind, at, details)
     select '7' || lpad(n::text, 25, '0'), id, 'signed-in', now(), '{}'
     from users, generate_series(1, 50) n where email = $1`,
    [email],
  )
}

test('whatever is pressed when the connection or the server is gone says so, keeps what was typed, and works afterwards', async () => {
  takeDownloads()
  const app = await openAppOnServer('/', server.url)
  const { user, network } = app
  const credentials = await signUp(app)
  await signInElsewhere(credentials, server.url)
  await addPasskeyAndEvents(credentials)
  await openFromSettings(user, 'Sign-in methods')
  for (const { what, on, prepare, press, typed = {}, done, told: by } of presses) {
    await openAccountPage(user, on)
    await prepare?.(user, credentials)
    const untilSaid = async (words: string) => {
      await press(user)
      const form = screen.queryByRole('dialog') === null ? main() : dialog()
      await untilTold(words, by === undefined ? form : screen, by === 'toast and list' ? 2 : 1)
      for (const [label, value] of Object.entries(typed)) {
        expect([what, form.getByLabelText<HTMLInputElement>(label).value]).toEqual([what, value])
      }
      expect([what, done()]).toEqual([what, []])
      if (by === 'toast and list') await untilTold('Below is what the server said last.')
    }
    // In this order: the page asks by itself when the network is back, and what it is told then is not of the button.
    const comeBack = await server.turnAway()
    await untilSaid(troubled)
    await comeBack()
    network.cut()
    await untilSaid(unreachable)
    network.restore()
    await press(user)
    await waitFor(() => expect([what, done().length]).not.toEqual([what, 0]))
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  }
})
