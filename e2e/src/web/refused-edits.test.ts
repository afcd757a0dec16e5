import * as encoding from 'lib0/encoding'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { signIn as signInScript } from '../harness/account.ts'
import { createWireClient } from '../harness/wire-client.ts'
import { fillCredentials, signIn, signUp } from './accounts.ts'
import { writeRow } from './log-on-device.ts'
import { takePictures } from './pictures.ts'
import { expectExported, expectOnServer, openSavedDevice, untilRefused, writeOffline } from './saved-device.ts'
import { addQuests, closeEditor, goTo, notes, quest, retitle, untilStatus } from './screen.ts'
import { appendToLog, unreadableUpdate, updateWithQuest } from './server-log.ts'
import { openSite, type Site } from './site.ts'
import { statusesOf, watchStatus } from './status-history.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
beforeEach(() => site.startServer())
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

async function restartServer(environment: Readonly<Record<string, string>> = {}): Promise<void> {
  await site.killServer()
  await site.startServer(environment)
}

test.each([
  {
    what: 'a note larger than the server takes',
    bound: { MAX_FRAME_BYTES: '65536' },
    note: '€'.repeat(60_000),
    why: 'An edit is larger than the server takes.',
    picture: 'refused-too-large',
  },
  {
    what: 'a log larger than the server lets it get',
    bound: { MAX_DOCUMENT_BYTES: '8192' },
    note: '€'.repeat(10_000),
    why: 'This log is as large as the server lets it get.',
    picture: 'refused-workspace-full',
  },
])(
  '$what is refused and kept here; shortened and loaded again, all is saved',
  async ({ bound, note, why, picture }) => {
    await restartServer(bound)
    const { page, credentials } = await openSavedDevice(site, 'With a note')
    await quest(page, 'With a note').click()
    await notes(page).fill(note)
    const notice = await untilRefused(page, why)
    await takePictures(page, picture)
    await expectExported(page, notice, 'With a note', note)
    await notes(page).fill('Short enough')
    await notice.getByRole('button', { name: 'Load again' }).click()
    await untilStatus(page, 'Saved')
    await notes(page).getByText('Short enough').waitFor()
    await closeEditor(page)
    await restartServer()
    await expectOnServer(site, credentials, 'With a note')
  },
)

test('[R27] edits dated days ahead by a wrong clock are corrected and saved at once, and a later edit of another device wins', async () => {
  const device = await site.openDevice()
  await device.context.addInitScript(() => {
    const now = Date.now
    Date.now = () => now() + 3 * 86_400_000
  })
  const page = await device.openTab()
  await addQuests(page, 'From the future', 'As it was')
  await watchStatus(page)
  const credentials = await signUp(page)
  await untilStatus(page, 'Saved')
  expect((await statusesOf(page)).filter((status) => status.includes('Not accepted'))).toEqual([])

  const other = await (await site.openDevice()).openTab()
  await signIn(other, credentials)
  await retitle(other, 'As it was', 'As another device has it')
  await untilStatus(other, 'Saved')
  await quest(page, 'As another device has it').waitFor()
  await expectOnServer(site, credentials, 'From the future', 'As another device has it')
})

test('[R27] a clock that is set days ahead while the log is connected blocks no edit either', async () => {
  const { page, credentials } = await openSavedDevice(site, 'Before')
  await page.evaluate(() => {
    const now = Date.now
    Date.now = () => now() + 3 * 86_400_000
  })
  await addQuests(page, 'Afterwards')
  await untilStatus(page, 'Saved')
  await expectOnServer(site, credentials, 'Before', 'Afterwards')
})

test('edits under a client id that belongs to another account are refused and kept here, until that account signs in', async () => {
  const saved = await openSavedDevice(site, 'Saved before')
  const { device, page, credentials, document } = saved
  const own = 'select user_id from memberships where workspace_id = $2'
  const giveTo = async (owner: string) => {
    await site.killServer()
    await site.database.query(`update doc_clients set user_id = (${owner}) where doc = $1 and $2 <> ''`, [
      document,
      document.split(':')[1],
    ])
    await site.startServer()
  }
  await writeOffline(saved, 'Written by another account')
  await giveTo("select 'another'")
  await device.context.setOffline(false)
  const notice = await untilRefused(page, 'Some edits here belong to another account.')
  await takePictures(page, 'refused-foreign-client-id')
  await expectExported(page, notice, 'Saved before', 'Written by another account')
  await giveTo(own)
  await notice.getByRole('link', { name: 'Sign in' }).click()
  await fillCredentials(page, credentials)
  await untilStatus(page, 'Saved')
  await expectOnServer(site, credentials, 'Saved before', 'Written by another account')
})

test('an unsaved entry of a shape the server does not know is refused; all other quests stay usable, and go out once it is set aside', async () => {
  const saved = await openSavedDevice(site, 'Saved before')
  const { device, page, credentials } = saved
  await writeOffline(saved, 'Written beside it')
  await writeRow(page, unreadableUpdate())
  await page.reload()
  await device.context.setOffline(false)
  const notice = await untilRefused(page, 'The server does not know the shape of an edit.')
  await page.getByRole('status').filter({ hasText: '1 entry could not be read.' }).waitFor()
  await takePictures(page, 'refused-entry-shape')
  await expectExported(page, notice, 'Saved before', 'Written beside it')
  await addQuests(page, 'Written afterwards')

  await notice.getByRole('button', { name: 'Set aside what cannot be read' }).click()
  await page.getByText('1 entry was set aside.').waitFor()
  await untilStatus(page, 'Saved')
  await expectOnServer(site, credentials, 'Saved before', 'Written beside it', 'Written afterwards')
  await page.reload()
  await untilStatus(page, 'Saved')
  expect(await page.getByText('could not be read').count()).toBe(0)
  await goTo(page, 'Sync and devices')
  await expectExported(page, page.getByRole('main'), 'Unreadable', 'Saved before')
})

test('[R34] a log that is not the same here as on the server is not called saved, and is loaded again with what was written here', async () => {
  const { device, page, credentials, document } = await openSavedDevice(site, 'Saved before')
  await device.context.setOffline(true)
  const sameId = 7
  await writeRow(page, updateWithQuest('Only here', sameId))
  await site.killServer()
  await appendToLog(site.database, document, updateWithQuest('Only there', sameId))
  await site.startServer()
  await page.reload()
  await quest(page, 'Only here').waitFor()
  await watchStatus(page)
  await device.context.setOffline(false)
  const notice = await untilRefused(page, 'This log is not the same here as on the server.')
  expect((await statusesOf(page)).filter((status) => status.includes('Saved'))).toEqual([])
  await takePictures(page, 'refused-content-differs')
  await expectExported(page, notice, 'Saved before', 'Only here')
  await expectOnServer(site, credentials, 'Saved before', 'Only here', 'Only there')

  await notice.getByRole('button', { name: 'Bring along and load again' }).click()
  await page.getByText('The log was loaded again.').waitFor()
  for (const title of ['Saved before', 'Only here', 'Only there']) await quest(page, title).waitFor()
  await untilStatus(page, 'Saved')
})

test('a person who sends too much at once is told so, and is let in again without being asked', async () => {
  const { page, credentials, document } = await openSavedDevice(site, 'Saved before')
  const script = await signInScript(site.url, { ...credentials, userId: '', accessToken: '', document })
  const flood = encoding.encode((encoder) => {
    encoding.writeVarString(encoder, document)
    encoding.writeVarUint(encoder, 9)
  })
  const sockets = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const wire = createWireClient({
        socketUrl: `${site.url.replace('http', 'ws')}/sync`,
        document,
        token: script.accessToken,
      })
      await wire.connect()
      return wire
    }),
  )
  for (const wire of sockets) for (let frame = 0; frame < 2_900; frame++) wire.sendRaw(flood)
  await Promise.all(sockets.map((wire) => wire.settled()))
  await addQuests(page, 'Written in the crowd')
  await untilRefused(page, 'Too many edits at once.')
  for (const wire of sockets) wire.disconnect()
  await untilStatus(page, 'Not accepted · 1 unsaved change')
  await takePictures(page, 'refused-rate-limited')
  await page.getByRole('link', { name: 'Sync: Saved', exact: true }).waitFor({ timeout: 60_000 })
  await expectOnServer(site, credentials, 'Saved before', 'Written in the crowd')
})
