import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { violations } from '../../testing/axe.ts'
import { type AppOnServer, openAppOnServer, untilStatus } from '../../testing/open-app-on-server.tsx'
import { newPersonElsewhere, type PersonElsewhere } from '../../testing/person-elsewhere.ts'
import { addQuests, editor, goTo, main, quest } from '../../testing/screen.ts'

let app: AppOnServer
let elsewhere: PersonElsewhere

const titled = (title: string) => ({ op: 'create', title })

/** Writes quests elsewhere, all at once. */
async function writeElsewhere(...titles: readonly string[]): Promise<void> {
  await elsewhere.ask('POST', '/quests/bulk', { operations: titles.map(titled) })
}

/** The path of a quest that the server knows. */
async function pathOf(title: string): Promise<string> {
  const { items } = (await elsewhere.ask('GET', '/quests')) as { items: { id: string; title: string }[] }
  return `/quests/${items.find((item) => item.title === title)?.id}`
}

/** Signs in here as the person who is elsewhere too. */
async function signInHere(): Promise<void> {
  await act(() => app.session.signIn(elsewhere.credentials))
  await untilStatus('Saved')
}

async function retitle(from: string, to: string): Promise<void> {
  await app.user.click(quest(from))
  const title = (await editor()).getByRole('textbox', { name: 'Title' })
  await app.user.clear(title)
  await app.user.click(title)
  await app.user.paste(to)
  await app.user.keyboard('{Enter}')
  await closeEditor()
  await main().findByRole('link', { name: to })
}

async function closeEditor(): Promise<void> {
  await app.user.click((await editor()).getByRole('button', { name: /^Close/ }))
}

/** Opens the history of a quest. */
async function openHistory(title: string): Promise<void> {
  await app.user.click(quest(title))
  await app.user.click((await editor()).getByText('History'))
}

const lines = (text: string | RegExp) =>
  screen.getAllByRole('listitem').filter(({ textContent }) => textContent?.match(text))
/** The one line of a history that says this. */
async function line(text: string | RegExp): Promise<HTMLElement> {
  await waitFor(() => expect(lines(text)).toHaveLength(1))
  return lines(text)[0] ?? document.body
}
/** A person's words are kept apart from the text around them by characters nobody sees. */
const words = (text: string) => new RegExp(text.replaceAll('“', '“\\u2068').replaceAll('”', '\\u2069”'))

const allIsTold = 'These are all changes that are known.'

beforeEach(async () => {
  elsewhere = await newPersonElsewhere('Ada')
  app = await openAppOnServer()
})

test('what a merge overrode is listed on the device that lost it, with and without the server, and can be brought back', async () => {
  await writeElsewhere('Base')
  const path = await pathOf('Base')
  await signInHere()
  await main().findByRole('link', { name: 'Base' })
  app.network.cut()
  await untilStatus('Offline')
  await retitle('Base', 'Earlier here')
  await elsewhere.ask('PATCH', path, { title: 'Later there' })
  app.network.restore()
  await main().findByRole('link', { name: 'Later there' })
  await untilStatus('Saved')

  app.network.cut()
  await untilStatus('Offline')
  await openHistory('Later there')
  await screen.findByText(/^Offline: listed is what this device saw/)
  const overridden = words('Title: from “Earlier here” to “Later there”')
  within(await line(overridden)).getByText('Replaced what you wrote here')

  app.network.restore()
  await untilStatus('Saved')
  await line('Quest created')
  expect(screen.queryByText(/^Offline: /)).toBeNull()
  await line(words('Title: from “Base” to “Earlier here”'))
  expect(await violations()).toEqual([])

  const restore = within(await line(overridden)).getByRole('button', { name: words('Restore: “Earlier here”') })
  act(() => restore.focus())
  await app.user.keyboard('{Enter}')
  await waitFor(() => {
    const said = screen.getAllByRole('status').map(({ textContent }) => textContent)
    expect(said).toContainEqual(expect.stringMatching(words('Restored: “Earlier here”')))
  })
  await main().findByRole('link', { name: 'Earlier here' })
  await line(words('Title: from “Later there” to “Earlier here”'))
  expect(restore.isConnected).toBe(false)
  expect((await line(overridden)).contains(document.activeElement)).toBe(true)
  await waitFor(async () => expect(await elsewhere.ask('GET', path)).toMatchObject({ title: 'Earlier here' }))

  await closeEditor()
  await app.user.keyboard('{Control>}z{/Control}')
  await main().findByRole('link', { name: 'Later there' })
  await waitFor(async () => expect(await elsewhere.ask('GET', path)).toMatchObject({ title: 'Later there' }))
})

test('on the device whose later edit stood, the earlier one from elsewhere is listed as overridden and can be brought back', async () => {
  await writeElsewhere('Base')
  const path = await pathOf('Base')
  await signInHere()
  await main().findByRole('link', { name: 'Base' })
  app.network.cut()
  await untilStatus('Offline')
  await elsewhere.ask('PATCH', path, { title: 'Earlier there' })
  await retitle('Base', 'Later here')
  app.network.restore()
  await untilStatus('Saved')
  await waitFor(async () => expect(await elsewhere.ask('GET', path)).toMatchObject({ title: 'Later here' }))
  await openHistory('Later here')
  await line('Quest created')
  const lost = words('“Earlier there” did not hold')
  within(await line(lost)).getByText(words('Overridden: “Later here” was written later'))
  expect(await violations()).toEqual([])
  await app.user.click(within(await line(lost)).getByRole('button', { name: words('Restore: “Earlier there”') }))
  await main().findByRole('link', { name: 'Earlier there' })
  await waitFor(async () => expect(await elsewhere.ask('GET', path)).toMatchObject({ title: 'Earlier there' }))
})

test('the activity of the log lists what happened to every quest, and leads to it', async () => {
  await signInHere()
  await addQuests(app.user, 'Another')
  await untilStatus('Saved')
  await waitFor(async () => expect(await pathOf('Another')).not.toContain('undefined'))
  await elsewhere.ask('PATCH', await pathOf('Another'), { priority: 1 })
  await main().findByText('P1')
  const letThrough = app.network.hold()
  await goTo(app.user, 'Activity')
  await line('AnotherQuest created')
  expect(screen.queryByText(allIsTold)).toBeNull()
  letThrough()
  await screen.findByText(allIsTold)
  const change = 'Priority: from No priority to P1 Urgent'
  await line(change)
  screen.getByRole('heading', { level: 2, name: 'Today · You, on another device' })
  await line('AnotherQuest created')
  expect(await violations()).toEqual([])
  await app.user.click(within(await line(change)).getByRole('button', { name: 'Another' }))
  await editor()
})

test('what happened before a device came is told by the server alone, in pages', async () => {
  await writeElsewhere('Base')
  await writeElsewhere(...Array.from({ length: 110 }, (_, index) => `Quest ${index + 1}`))
  await signInHere()
  await goTo(app.user, 'Activity')
  await screen.findByText(allIsTold)
  await line('BaseQuest created')
})
