import type { Locator, Page } from 'playwright-core'
import { type AccountPageName, told } from './account-pages.ts'
import type { Credentials } from './accounts.ts'

/** Something done on a page about one's own account, which needs the server. */
export interface Press {
  readonly what: string
  readonly on: AccountPageName
  /** Fills in what there is to fill in; called once. */
  readonly prepare?: (page: Page, credentials: Credentials) => Promise<void>
  readonly press: (page: Page) => Promise<void>
  /** What was typed, by label. */
  readonly typed?: Readonly<Record<string, string>>
  /** What is on screen once it is done. */
  readonly done: (page: Page) => Locator
  /** Where it is told: in the form it was pressed in, unless it says otherwise. A list below is marked as old besides. */
  readonly told?: 'toast' | 'toast and list'
}

/** The page on screen. */
export const main = (page: Page) => page.getByRole('main')
/** The dialog over it. */
export const dialog = (page: Page) => page.getByRole('dialog')
const toast = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text })
const clickIn = (within: (page: Page) => Locator, name: string) => (page: Page) =>
  within(page).getByRole('button', { name, exact: true }).click()

const confirm = (name: string) => async (page: Page) => {
  await clickIn(main, name)(page)
  await clickIn(dialog, name)(page)
}

/** In this order, for one person: another password signs other devices out, and the last is the end of the account. */
export const presses: readonly Press[] = [
  {
    what: 'signing out elsewhere',
    on: 'Devices signed in',
    press: confirm('Sign out all others'),
    done: (page) => page.getByText('You are signed in nowhere else.'),
    told: 'toast and list',
  },
  {
    what: 'another name',
    on: 'Account',
    prepare: (page) => main(page).getByLabel('Name').fill('Ada the Great'),
    press: clickIn(main, 'Save'),
    typed: { Name: 'Ada the Great' },
    done: (page) => page.getByRole('navigation', { name: 'Main' }).getByText('Ada the Great'),
  },
  {
    what: 'another password',
    on: 'Account',
    async prepare(page, { password }) {
      await page.getByLabel('Current password').fill(password)
      await page.getByLabel('New password').fill('a battery of staples')
    },
    press: clickIn(main, 'Change the password'),
    typed: { 'New password': 'a battery of staples' },
    done: (page) => toast(page, 'Your password is changed.'),
  },
  {
    what: 'all data',
    on: 'Account',
    press: clickIn(main, 'Download my data'),
    done: (page) => toast(page, 'Your data is downloaded.'),
  },
  {
    what: 'the authenticator app',
    on: 'Sign-in methods',
    press: clickIn(main, 'Set up an authenticator app'),
    told: 'toast',
    done: (page) => page.getByRole('img', { name: 'QR code for your authenticator app' }),
  },
  {
    what: 'a new passkey',
    on: 'Sign-in methods',
    async prepare(page) {
      await clickIn(main, 'Add a passkey')(page)
      await dialog(page).getByLabel('Name').fill('Laptop')
    },
    press: clickIn(dialog, 'Add a passkey'),
    typed: { Name: 'Laptop' },
    done: (page) => page.getByRole('button', { name: 'Rename Laptop' }),
  },
  {
    what: 'another name of a passkey',
    on: 'Sign-in methods',
    async prepare(page) {
      await clickIn(main, 'Rename Laptop')(page)
      await dialog(page).getByLabel('Name').fill('Old laptop')
    },
    press: clickIn(dialog, 'Save'),
    typed: { Name: 'Old laptop' },
    done: (page) => page.getByRole('button', { name: 'Rename Old laptop' }),
  },
  {
    what: 'a provider',
    on: 'Sign-in methods',
    press: clickIn(main, 'Link Acme'),
    told: 'toast',
    done: (page) => told(page, 'The provider cannot be reached now.'),
  },
  {
    what: 'earlier events',
    on: 'Security events',
    press: clickIn(main, 'Show earlier ones'),
    done: (page) => page.getByText('Account created'),
  },
  {
    what: 'a new key',
    on: 'API keys',
    async prepare(page) {
      await clickIn(main, 'New key')(page)
      await dialog(page).getByLabel('What it is for').fill('Backup script')
    },
    press: clickIn(dialog, 'Create key'),
    typed: { 'What it is for': 'Backup script' },
    done: (page) => page.getByRole('dialog', { name: 'The key is ready' }),
  },
  {
    what: 'the end of the account',
    on: 'Account',
    async prepare(page, { email }) {
      await clickIn(main, 'Delete the account')(page)
      await dialog(page).getByLabel('Type your e-mail address').fill(email)
      await dialog(page).getByLabel('Password').fill('a battery of staples')
    },
    press: clickIn(dialog, 'Delete the account'),
    typed: { Password: 'a battery of staples' },
    done: (page) => page.getByText('Your account is deleted.'),
  },
]
