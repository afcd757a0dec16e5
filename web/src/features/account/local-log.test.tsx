import { act, screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { takeDownloads } from '../../testing/downloads.ts'
import { fill } from '../../testing/fill.ts'
import { newCredentials, openAppOnServer, signUp, untilStatus } from '../../testing/open-app-on-server.tsx'
import { newPersonElsewhere, signInElsewhere } from '../../testing/person-elsewhere.ts'
import { addQuests, goTo, main, titles } from '../../testing/screen.ts'
import { fillCredentials, signInOnScreen } from '../../testing/sign-in-on-screen.ts'

type Ask = Awaited<ReturnType<typeof signInElsewhere>>['ask']

/** The quests that the server has, by title. */
async function onServer(ask: Ask): Promise<ReadonlyMap<string, { readonly id: string }>> {
  const { items } = (await ask('GET', '/quests')) as { items: { readonly id: string; readonly title: string }[] }
  return new Map(items.map((item) => [item.title, item]))
}

const untilOnServer = (ask: Ask, ...expected: readonly string[]) =>
  waitFor(async () => expect([...(await onServer(ask)).keys()].sort()).toEqual(expected.toSorted()))

const untilTitles = (...expected: readonly string[]) =>
  waitFor(() => expect([...titles()].sort()).toEqual(expected.toSorted()))

/** Makes an account as a person does. */
async function signUpOnScreen(user: UserEvent) {
  const credentials = newCredentials()
  await user.click(within(screen.getByRole('navigation', { name: 'Main' })).getByRole('link', { name: 'Sign in' }))
  await user.click(await main().findByRole('link', { name: 'Create an account' }))
  await fill(user, await main().findByLabelText('Name'), 'Ada')
  await fillCredentials(user, credentials)
  await user.click(main().getByRole('button', { name: 'Create account' }))
  await screen.findByRole('heading', { level: 1, name: 'Inbox' })
  return credentials
}

/** Somebody whose log holds a quest and is on no other device. */
async function personWith(title: string) {
  const person = await newPersonElsewhere('Ada')
  await person.ask('POST', '/quests', { title })
  return person
}

test('signing up takes the local log into the account, which is called saved only then and seen live elsewhere', async () => {
  const files = takeDownloads()
  const { user } = await openAppOnServer()
  const exportedId = async () => {
    await goTo(user, 'Sync and devices')
    await user.click(main().getByRole('button', { name: 'Export as JSON' }))
    const { name, text } = await files.next()
    expect(name).toMatch(/^questlog-\d{4}-\d\d-\d\d\.json$/)
    await goTo(user, 'Inbox')
    return JSON.parse(text).workspace.id
  }
  await addQuests(user, 'Written before the account')
  await untilStatus('On this device')
  const before = await exportedId()
  const { ask } = await signInElsewhere(await signUpOnScreen(user))
  await untilTitles('Written before the account')
  await untilStatus('Saved')
  expect([before, await exportedId()]).toEqual([expect.any(String), before])

  await untilOnServer(ask, 'Written before the account')
  await ask('POST', '/quests', { title: 'From elsewhere' })
  await untilTitles('Written before the account', 'From elsewhere')
  await addQuests(user, 'From here')
  await untilOnServer(ask, 'Written before the account', 'From elsewhere', 'From here')
  const { id } = (await onServer(ask)).get('Written before the account') ?? { id: '' }
  await ask('POST', `/quests/${id}/complete`, {})
  await untilTitles('From elsewhere', 'From here')
})

test('signing in with a log of one’s own offers to merge it in, and merged it reaches other devices', async () => {
  const { credentials, ask } = await personWith('Of the account')
  const { user } = await openAppOnServer()
  await addQuests(user, 'Of this device')
  await signInOnScreen(user, credentials)
  await screen.findByRole('heading', { name: 'You have a log on this device' })
  await user.click(screen.getByRole('button', { name: 'Merge the logs' }))
  await untilTitles('Of the account', 'Of this device')
  await untilOnServer(ask, 'Of the account', 'Of this device')
  await untilStatus('Saved')
  await goTo(user, 'Sync and devices')
  const logs = within(await screen.findByRole('list', { name: 'Logs on this device' }))
  await waitFor(() => expect(logs.getAllByRole('listitem')).toHaveLength(1))
})

test('signing in with a log of one’s own can keep it apart, where it is still found and nobody else sees it', async () => {
  const { credentials, ask } = await personWith('Of the account')
  const app = await openAppOnServer()
  const { user } = app
  await addQuests(user, 'Private')
  await signInOnScreen(user, credentials)
  await user.click(await screen.findByRole('button', { name: 'Keep them apart' }))
  await untilTitles('Of the account')
  await addQuests(user, 'Shared')
  await untilStatus('Saved')
  await untilOnServer(ask, 'Of the account', 'Shared')
  await untilTitles('Of the account', 'Shared')

  await app.reload()
  await untilTitles('Of the account', 'Shared')
  await goTo(user, 'Sync and devices')
  const local = (await main().findByText(/^Local log/)).closest('li')
  if (local === null) throw new Error('the local log is not listed')
  await user.click(within(local).getByRole('button', { name: /^Open/ }))
  await untilStatus('On this device')
  await goTo(user, 'Inbox')
  await untilTitles('Private')
  await untilOnServer(ask, 'Of the account', 'Shared')
})

test('the export holds every quest, with its notes, whatever was done to it', async () => {
  const files = takeDownloads()
  const { user, session } = await openAppOnServer()
  await addQuests(user, 'Open', 'Done', 'Thrown away')
  await user.click(main().getByRole('link', { name: 'Open' }))
  const { workspace } = session.state.getState()
  const open = workspace?.projection.list({ kind: 'inbox' })[0]
  if (workspace == null || open === undefined) throw new Error('there is no quest')
  act(() => workspace.note(open).insert(0, 'A note to keep'))
  await user.click(await screen.findByLabelText('Add a step'))
  await user.paste('A step to keep')
  await user.keyboard('{Enter}')
  await user.click(main().getByRole('checkbox', { name: 'Complete Done' }))
  await user.click(main().getByRole('link', { name: 'Thrown away' }))
  await user.click(await screen.findByRole('button', { name: 'Move to Trash' }))
  await untilTitles('Open')
  await goTo(user, 'Sync and devices')
  await user.click(main().getByRole('button', { name: 'Export as JSON' }))
  const { text } = await files.next()
  for (const kept of ['"Open"', '"Done"', '"Thrown away"', 'A note to keep', 'A step to keep', 'completions']) {
    expect(text).toContain(kept)
  }
})

test('signing out with unsaved changes warns of them, and keeping the log keeps them', async () => {
  const app = await openAppOnServer()
  const { user, network } = app
  await addQuests(user, 'Saved')
  const credentials = await signUp(app)
  network.cut()
  await addQuests(user, 'Unsaved')
  await untilStatus('Offline · 1 unsaved change')
  await goTo(user, 'Sync and devices')
  await user.click(main().getByRole('button', { name: 'Sign out' }))
  const dialog = within(screen.getByRole('dialog'))
  expect(dialog.getByRole('alert').textContent).toContain('1 change is not on the server yet')
  await user.click(dialog.getByRole('button', { name: 'Sign out, keep the log here' }))
  await waitFor(() => main().getByRole('link', { name: 'Sign in' }))
  await app.reload()
  await goTo(user, 'Inbox')
  await untilTitles('Saved', 'Unsaved')

  network.restore()
  await signInOnScreen(user, credentials)
  await screen.findByRole('heading', { level: 1, name: 'Inbox' })
  await untilTitles('Saved', 'Unsaved')
  await untilStatus('Saved')
  await untilOnServer((await signInElsewhere(credentials)).ask, 'Saved', 'Unsaved')
})

test('signing out can remove the log from the device, and signing in brings it back', async () => {
  const app = await openAppOnServer()
  const { user } = app
  await addQuests(user, 'Kept on the server')
  const credentials = await signUp(app)
  await goTo(user, 'Sync and devices')
  await user.click(main().getByRole('button', { name: 'Sign out' }))
  const dialog = within(screen.getByRole('dialog'))
  expect(dialog.queryByRole('alert')).toBeNull()
  await user.click(dialog.getByRole('button', { name: 'Sign out and remove' }))
  await waitFor(() => main().getByRole('link', { name: 'Create an account' }))
  await app.reload()
  await goTo(user, 'Inbox')
  await screen.findByRole('heading', { name: /What is your first quest/ })
  const logs = async () => (await indexedDB.databases()).filter(({ name }) => name?.startsWith('questlog/'))
  await waitFor(async () => expect(await logs()).toHaveLength(1))
  expect(Object.keys(localStorage).filter((key) => key.startsWith('questlog.at-once/'))).toEqual([])

  await signInOnScreen(user, credentials)
  await untilTitles('Kept on the server')
})
