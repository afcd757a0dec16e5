import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openAccountPage, openFromSettings, untilTold } from '../../testing/account-pages.ts'
import { takeDownloads } from '../../testing/downloads.ts'
import { fill } from '../../testing/fill.ts'
import { newCredentials, openAppOnServer, signUp, untilStatus } from '../../testing/open-app-on-server.tsx'
import { newPersonElsewhere, nextMailTo, signInElsewhere } from '../../testing/person-elsewhere.ts'
import { main } from '../../testing/screen.ts'
import { signInOnScreen } from '../../testing/sign-in-on-screen.ts'

const dialog = () => within(screen.getByRole('dialog'))

/** The path that the link of the next mail to an address leads to. */
async function mailedPath(email: string): Promise<string> {
  const link = /http:\S+#token=\S+/.exec(await nextMailTo(email))?.[0] ?? ''
  const { pathname, hash } = new URL(link)
  return pathname + hash
}

test('a forgotten password is replaced by a mailed link, once, by a good one, and other devices are signed out', async () => {
  const { credentials, ask } = await newPersonElsewhere()
  await nextMailTo(credentials.email)
  const app = await openAppOnServer('/sign-in')
  const { user } = app
  await user.click(await main().findByRole('link', { name: 'Forgot your password?' }))
  await screen.findByRole('heading', { level: 1, name: 'Forgotten password' })
  await fill(user, await main().findByLabelText('E-mail'), credentials.email)
  await user.click(main().getByRole('button', { name: 'Send the link' }))
  await screen.findByRole('heading', { name: 'Look into your mailbox' })
  const link = await mailedPath(credentials.email)
  const save = async (password: string) => {
    await fill(user, await main().findByLabelText('New password'), password)
    await user.click(main().getByRole('button', { name: 'Save the new password' }))
  }
  await app.reload(link)
  await save('password')
  await untilTold('Choose another password')
  const password = `another horse ${crypto.randomUUID()}`
  await save(password)
  await screen.findByRole('heading', { name: 'Your password is changed' })
  await user.click(main().getByRole('link', { name: 'Sign in' }))
  await signInOnScreen(user, { ...credentials, password })
  await screen.findByRole('heading', { level: 1, name: 'Inbox' })
  await untilStatus('Saved')
  await expect(ask('GET', '/users/me')).rejects.toThrow('401')
  await app.reload(link)
  await save(password)
  await screen.findByRole('heading', { name: 'This link does not work' })
})

test('name, address and password are changed on the account’s page, and all of its data is taken along', async () => {
  const files = takeDownloads()
  const app = await openAppOnServer()
  const { user } = app
  const { email, password } = await signUp(app)
  await nextMailTo(email)
  await openFromSettings(user, 'Account')
  await fill(user, await main().findByLabelText('Name'), 'Countess')
  await user.click(main().getByRole('button', { name: 'Save' }))
  await within(screen.getByRole('navigation', { name: 'Main' })).findByText('Countess')

  const later = newCredentials()
  await fill(user, main().getByLabelText('New e-mail address'), later.email)
  await user.click(main().getByRole('button', { name: 'Change the address' }))
  await screen.findByText(`A link is on its way to ${later.email}.`, { exact: false })
  await main().findByText(`${email} · not confirmed yet`)
  await app.reload(await mailedPath(later.email))
  await user.click(await main().findByRole('button', { name: 'Confirm the address' }))
  await user.click(await main().findByRole('link', { name: 'To the account' }))
  await main().findByText(`${later.email} · confirmed`)

  await fill(user, main().getByLabelText('Current password'), 'a wrong one')
  await fill(user, main().getByLabelText('New password'), later.password)
  await user.click(main().getByRole('button', { name: 'Change the password' }))
  await untilTold('The password is wrong.')
  await fill(user, main().getByLabelText('Current password'), password)
  await user.click(main().getByRole('button', { name: 'Change the password' }))
  await screen.findByText(/^Your password is changed\./)

  await user.click(main().getByRole('button', { name: 'Download my data' }))
  expect((await files.next()).text).toContain(later.email)
  expect(await (await signInElsewhere(later)).ask('GET', '/users/me')).toMatchObject({ displayName: 'Countess' })
})

test('devices are named and signed out, one or all others, and the account remembers it', async () => {
  const app = await openAppOnServer()
  const { user } = app
  const credentials = await signUp(app)
  const others = [await signInElsewhere(credentials), await signInElsewhere(credentials)]
  await openFromSettings(user, 'Devices signed in')
  const devices = within(await screen.findByRole('list', { name: 'Devices signed in' }))
  const lines = () => devices.queryAllByRole('listitem').map(({ textContent }) => textContent)
  expect(lines()).toEqual([expect.stringContaining('This device'), expect.anything(), expect.anything()])
  await user.click(devices.getAllByRole('button', { name: /^Rename/ })[0] ?? document.body)
  await fill(user, dialog().getByRole('textbox', { name: 'Name' }), 'Laptop at work')
  await user.click(dialog().getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(lines()[0]).toMatch(/^Laptop at work/))
  await user.click(devices.getAllByRole('button', { name: /^Sign out/ })[0] ?? document.body)
  await user.click(dialog().getByRole('button', { name: 'Sign out' }))
  await waitFor(() => expect(lines()).toHaveLength(2))
  const stillIn = await Promise.allSettled(others.map(({ ask }) => ask('GET', '/users/me')))
  expect(stillIn.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await user.click(main().getByRole('button', { name: 'Sign out all others' }))
  await user.click(dialog().getByRole('button', { name: 'Sign out all others' }))
  await screen.findByText('You are signed in nowhere else.')
  expect(lines()).toHaveLength(1)
  for (const { ask } of others) await expect(ask('GET', '/users/me')).rejects.toThrow('401')

  await openAccountPage(user, 'Security events')
  const events = within(await screen.findByRole('list', { name: 'Security events' }))
  expect(events.getAllByText('A device was signed out')).toHaveLength(2)
})

test('a device that is signed out from another one is told at once', async () => {
  const app = await openAppOnServer()
  const credentials = await signUp(app)
  const { ask } = await signInElsewhere(credentials)
  const { items } = (await ask('GET', '/auth/sessions')) as { items: { id: string; current: boolean }[] }
  await ask('DELETE', `/auth/sessions/${items.find(({ current }) => !current)?.id}`)
  await screen.findByRole('link', { name: /^Sync: Signed out/ })
})

test('an account is deleted with its address typed, its password and a word on its parties; nothing is left here', async () => {
  const app = await openAppOnServer()
  const { user } = app
  const credentials = await signUp(app)
  await (await signInElsewhere(credentials)).ask('POST', '/workspaces', { name: 'Guild of one', kind: 'party' })
  await openFromSettings(user, 'Account')
  await user.click(await main().findByRole('button', { name: 'Delete the account' }))
  const remove = () => dialog().getByRole<HTMLButtonElement>('button', { name: 'Delete the account' })
  const address = dialog().getByLabelText(/^Type your e-mail address/)
  const password = dialog().getByLabelText('Password')
  await fill(user, password, 'a wrong one')
  await fill(user, address, `${credentials.email}x`)
  expect(remove().disabled).toBe(true)
  await fill(user, address, credentials.email)
  await fill(user, password, '')
  expect(remove().disabled).toBe(true)
  await fill(user, password, 'a wrong one')
  await user.click(remove())
  await untilTold('The password is wrong.', dialog())
  await fill(user, password, credentials.password)
  await user.click(remove())
  await dialog().findByText('Guild of one')
  expect(remove().disabled).toBe(true)
  await user.click(dialog().getByLabelText('Delete this party too'))
  await user.click(remove())
  await screen.findByText('Your account is deleted.')
  await screen.findByRole('heading', { name: /What is your first quest/ })
  const logs = async () => (await indexedDB.databases()).filter(({ name }) => name?.startsWith('questlog/'))
  await waitFor(async () => expect(await logs()).toHaveLength(1))
  await signInOnScreen(user, credentials)
  await untilTold('E-mail or password is wrong.')
})
