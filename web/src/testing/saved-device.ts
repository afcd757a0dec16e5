import { screen, waitFor, within } from '@testing-library/react'
import { expect } from 'vitest'
import { takeDownloads } from './downloads.ts'
import { type AppOnServer, type Credentials, openAppOnServer, signUp, untilStatus } from './open-app-on-server.tsx'
import { signInElsewhere } from './person-elsewhere.ts'
import { addQuests, type main } from './screen.ts'

/** The app on a device whose log is saved in an account. */
export interface SavedDevice extends AppOnServer {
  readonly credentials: Credentials
  readonly serverUrl: string
  /** The id of the log's workspace. */
  readonly workspaceId: string
  /** The name of the log's document. */
  readonly document: string
  readonly downloads: ReturnType<typeof takeDownloads>
}

/** Opens a device, writes the quests, and makes an account on a server that holds them. */
export async function openSavedDevice(serverUrl: string, ...titles: readonly string[]): Promise<SavedDevice> {
  const app = await openAppOnServer('/', serverUrl)
  await addQuests(app.user, ...titles)
  const credentials = await signUp(app)
  const ref = app.session.state.getState().workspace?.ref
  if (ref === undefined) throw new Error('no log is open')
  return Object.assign(app, {
    credentials,
    serverUrl,
    workspaceId: ref.id,
    document: ref.documentName,
    downloads: takeDownloads(),
  })
}

/** Writes a quest while the network is away; the network stays away. */
export async function writeOffline({ user, network }: SavedDevice, title: string): Promise<void> {
  network.cut()
  await addQuests(user, title)
  await untilStatus('Offline · 1 unsaved change')
}

/** The notice that the server does not accept the log's edits, once it says why. */
export async function untilRefused(why: string | RegExp): Promise<ReturnType<typeof main>> {
  const text = await screen.findByText(why, { selector: '[role=alert] p' })
  const notice = within(text.closest<HTMLElement>('[role=alert]') ?? text)
  notice.getByText('The server does not accept this log’s edits.')
  return notice
}

/** Presses the button of a notice or page that exports the log: the file must hold these quests, saved or not. */
export async function expectExported(
  { user, downloads }: SavedDevice,
  place: ReturnType<typeof main>,
  ...titles: readonly string[]
): Promise<void> {
  await user.click(await place.findByRole('button', { name: 'Export as JSON' }))
  const { text } = await downloads.next()
  for (const title of titles) expect(text).toContain(`"${title}"`)
}

/** Waits until the server has these quests, as another device of the same person is told. */
export async function expectOnServer(device: SavedDevice, ...titles: readonly string[]): Promise<void> {
  const { ask } = await signInElsewhere(device.credentials, device.serverUrl)
  await waitFor(async () => {
    const { items } = (await ask('GET', '/quests')) as { readonly items: readonly { readonly title: string }[] }
    expect(items.map(({ title }) => title).sort()).toEqual([...titles].sort())
  })
}
