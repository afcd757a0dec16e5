import { EditorView } from '@codemirror/view'
import { newId, type QuestId } from '@questlog/shared/domain/kernel/ids'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { act, screen, waitFor } from '@testing-library/react'
import { openDB } from 'idb'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import * as Y from 'yjs'
import { untilStatus } from '../../testing/open-app-on-server.tsx'
import { type OwnServer, openOwnServer } from '../../testing/own-server.ts'
import { signInElsewhere } from '../../testing/person-elsewhere.ts'
import {
  expectExported,
  expectOnServer,
  openSavedDevice,
  type SavedDevice,
  untilRefused,
  writeOffline,
} from '../../testing/saved-device.ts'
import { addQuests, editor, goTo, main, openQuest, quest, titles } from '../../testing/screen.ts'
import { fillCredentials } from '../../testing/sign-in-on-screen.ts'

let server: OwnServer
beforeAll(async () => {
  server = await openOwnServer()
})
afterAll(() => server.close())

/** Replaces the open quest's note, as one edit. */
async function writeNote(text: string): Promise<void> {
  const field = await (await editor()).findByRole('textbox', { name: 'Notes' })
  const view = EditorView.findFromDOM(field)
  if (view === null) throw new Error('there is no editor of notes')
  act(() => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, userEvent: 'input' }))
}

/** Puts an update among the log's rows on this device, past the app. */
async function writeRow({ document }: SavedDevice, update: Uint8Array): Promise<void> {
  const database = await openDB(`questlog/${document}`)
  await database.add('updates', update)
  database.close()
}

/** An update with one element that no version of the app reads as an entry. */
function unreadableUpdate(): Uint8Array {
  const doc = new Y.Doc()
  doc.getArray('quests').push([{ title: 'Unreadable' }])
  return Y.encodeStateAsUpdate(doc)
}

/** An update with one quest, as another device of the same version writes it under a client id. */
function updateWithQuest(title: string, clientId: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = clientId
  const patch = { title, createdAt: Date.now(), rank: 'a0' }
  openQuestDocument(doc, { now: Date.now }).write([{ table: 'quests', id: newId<QuestId>(), patch }])
  return Y.encodeStateAsUpdate(doc)
}

/** From now on every status the person is shown is remembered; the function returned answers with them. */
function watchStatus(): () => readonly string[] {
  const statuses: string[] = []
  const look = () => {
    const status = document.querySelector('[data-sync]')?.textContent
    if (status && status !== statuses.at(-1)) statuses.push(status)
  }
  const watching = new MutationObserver(look)
  watching.observe(document.body, { subtree: true, childList: true, characterData: true })
  onTestFinished(() => watching.disconnect())
  return () => statuses
}

/** Sets this device's clock three days ahead. */
function setClockAhead(): void {
  const { now } = Date
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => now() + 3 * 86_400_000)
  onTestFinished(() => clock.mockRestore())
}

test.each([
  {
    what: 'a note larger than the server takes',
    bound: { MAX_FRAME_BYTES: '65536' },
    note: '€'.repeat(60_000),
    why: /An edit is larger than the server takes\./,
  },
  {
    what: 'a log larger than the server lets it get',
    bound: { MAX_DOCUMENT_BYTES: '8192' },
    note: '€'.repeat(10_000),
    why: /This log is as large as the server lets it get\./,
  },
])('$what is refused and kept here; shortened and loaded again, all is saved', async ({ bound, note, why }) => {
  const small = await openOwnServer(bound)
  onTestFinished(() => small.close())
  const device = await openSavedDevice(small.url, 'With a note')
  const { user, reload } = device
  await openQuest(user, 'With a note')
  await writeNote(note)
  const notice = await untilRefused(why)
  await expectExported(device, notice, 'With a note', note)
  await writeNote('Short enough')
  const loadAgain = vi.spyOn(location, 'reload').mockImplementation(() => undefined)
  await user.click(await notice.findByRole('button', { name: 'Load again' }))
  expect(loadAgain).toHaveBeenCalledOnce()
  loadAgain.mockRestore()
  await reload(location.pathname + location.search)
  await untilStatus('Saved')
  await waitFor(async () => {
    expect((await editor()).getByRole('textbox', { name: 'Notes' }).textContent).toBe('Short enough')
  })
  await expectOnServer(device, 'With a note')
})

test('[R27] edits dated days ahead by a wrong clock are corrected and saved at once, and a later edit of another device wins', async () => {
  setClockAhead()
  const statuses = watchStatus()
  const device = await openSavedDevice(server.url, 'From the future', 'As it was')
  expect(statuses().filter((status) => status.includes('Not accepted'))).toEqual([])
  const { ask } = await signInElsewhere(device.credentials, server.url)
  const { items } = (await ask('GET', '/quests')) as { readonly items: readonly { id: string; title: string }[] }
  const id = items.find(({ title }) => title === 'As it was')?.id
  await ask('PATCH', `/quests/${id}`, { title: 'As another device has it' })
  await waitFor(() => expect([...titles()].sort()).toEqual(['As another device has it', 'From the future']))
  await expectOnServer(device, 'From the future', 'As another device has it')
})

test('[R27] a clock that is set days ahead while the log is connected blocks no edit either', async () => {
  const device = await openSavedDevice(server.url, 'Before')
  setClockAhead()
  await addQuests(device.user, 'Afterwards')
  await untilStatus('Saved')
  await expectOnServer(device, 'Before', 'Afterwards')
})

test('edits under a client id that belongs to another account are refused and kept here, until that account signs in', async () => {
  const device = await openSavedDevice(server.url, 'Saved before')
  const { user, network, credentials, document, workspaceId } = device
  const own = 'select user_id from memberships where workspace_id = $2'
  const giveTo = async (owner: string) => {
    await server.query(`update doc_clients set user_id = (${owner}) where doc = $1 and $2 <> ''`, [
      document,
      workspaceId,
    ])
    await server.restart()
  }
  await writeOffline(device, 'Written by another account')
  await giveTo("select 'another'")
  network.restore()
  const notice = await untilRefused(/Some edits here belong to another account\./)
  await expectExported(device, notice, 'Saved before', 'Written by another account')
  await giveTo(own)
  await user.click(await notice.findByRole('link', { name: 'Sign in' }))
  await fillCredentials(user, credentials)
  await user.click(main().getByRole('button', { name: 'Sign in' }))
  await untilStatus('Saved')
  await expectOnServer(device, 'Saved before', 'Written by another account')
})

test('an unsaved entry of a shape the server does not know is refused; all other quests stay usable, and go out once it is set aside', async () => {
  const device = await openSavedDevice(server.url, 'Saved before')
  const { user, network, reload } = device
  await writeOffline(device, 'Written beside it')
  await writeRow(device, unreadableUpdate())
  await reload()
  network.restore()
  const notice = await untilRefused(/The server does not know the shape of an edit\./)
  await screen.findByText('1 entry could not be read.', { selector: '[role=status] *' })
  await expectExported(device, notice, 'Saved before', 'Written beside it')
  await addQuests(user, 'Written afterwards')

  await user.click(await notice.findByRole('button', { name: 'Set aside what cannot be read' }))
  await screen.findByText(/1 entry was set aside\./)
  await untilStatus('Saved')
  await expectOnServer(device, 'Saved before', 'Written beside it', 'Written afterwards')
  await reload()
  await untilStatus('Saved')
  expect(screen.queryByText(/could not be read/)).toBeNull()
  await goTo(user, 'Sync and devices')
  await expectExported(device, main(), 'Unreadable', 'Saved before')
})

test('[R34] a log that is not the same here as on the server is not called saved, and is loaded again with what was written here', async () => {
  const device = await openSavedDevice(server.url, 'Saved before')
  const { user, network, document, reload } = device
  network.cut()
  await untilStatus('Offline')
  const sameId = 7
  await writeRow(device, updateWithQuest('Only here', sameId))
  await server.query(
    `with head as (update doc_heads set seq = seq + 1 where doc = $1 returning seq)
     insert into doc_updates (doc, seq, bytes, sha256, user_id)
     select $1, seq, decode($2, 'base64'), sha256(decode($2, 'base64')), 'nobody' from head`,
    [document, btoa(String.fromCharCode(...updateWithQuest('Only there', sameId)))],
  )
  await reload()
  await waitFor(() => quest('Only here'))
  const statuses = watchStatus()
  network.restore()
  const notice = await untilRefused(/This log is not the same here as on the server\./)
  expect(statuses().filter((status) => status.includes('Saved'))).toEqual([])
  await expectExported(device, notice, 'Saved before', 'Only here')
  await expectOnServer(device, 'Saved before', 'Only here', 'Only there')

  await user.click(await notice.findByRole('button', { name: 'Bring along and load again' }))
  await screen.findByText(/The log was loaded again\./)
  await waitFor(() => expect([...titles()].sort()).toEqual(['Only here', 'Only there', 'Saved before']))
  await untilStatus('Saved')
})
