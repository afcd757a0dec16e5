import { screen, waitFor } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from '../../testing/axe.ts'
import { untilStatus } from '../../testing/open-app-on-server.tsx'
import { type OwnServer, openOwnServer } from '../../testing/own-server.ts'
import { signInElsewhere } from '../../testing/person-elsewhere.ts'
import {
  expectExported,
  expectOnServer,
  openSavedDevice,
  untilRefused,
  writeOffline,
} from '../../testing/saved-device.ts'
import { addQuests, main, quest, quickAdd } from '../../testing/screen.ts'
import { fillCredentials } from '../../testing/sign-in-on-screen.ts'

let server: OwnServer
beforeAll(async () => {
  server = await openOwnServer()
})
afterAll(() => server.close())

const setRole = (workspaceId: string, role: string) =>
  server.query('update memberships set role = $2 where workspace_id = $1', [workspaceId, role])

test('who may only read any more is told so with the unsaved edits kept, and “Try again” saves them once allowed to write', async () => {
  const device = await openSavedDevice(server.url, 'Saved before')
  const { user, network, workspaceId } = device
  await writeOffline(device, 'Written before hearing of it')
  await setRole(workspaceId, 'viewer')
  network.restore()
  const why = /You may read this log but not change it\. What you wrote stays on this device\./
  const notice = await untilRefused(why)
  await untilStatus('Not accepted · 1 unsaved change')
  await waitFor(() => expect(quickAdd()).toHaveProperty('disabled', true))
  expect(await violations()).toEqual([])
  await expectExported(device, notice, 'Saved before', 'Written before hearing of it')
  await user.click(notice.getByRole('button', { name: 'Try again' }))
  await untilRefused(why)

  await setRole(workspaceId, 'owner')
  await user.click(await (await untilRefused(why)).findByRole('button', { name: 'Try again' }))
  await untilStatus('Saved')
  await waitFor(() => expect(quickAdd()).toHaveProperty('disabled', false))
  await expectOnServer(device, 'Saved before', 'Written before hearing of it')
})

test('who may only read and has nothing unsaved is told why the log cannot be changed', async () => {
  const { workspaceId, reload } = await openSavedDevice(server.url, 'To be read')
  await setRole(workspaceId, 'viewer')
  await reload()
  await untilStatus('Saved')
  await screen.findByText('This log can only be read here.')
  await waitFor(() => expect(quickAdd()).toHaveProperty('disabled', true))
  expect(await violations()).toEqual([])
})

test('who was removed from a log is told so, keeps all of it here, and is let in again by “Try again”', async () => {
  const device = await openSavedDevice(server.url, 'Saved before')
  const { user, network, workspaceId, reload } = device
  await writeOffline(device, 'Written before hearing of it')
  const [member] = (await server.query('delete from memberships where workspace_id = $1 returning *', [
    workspaceId,
  ])) as readonly { readonly user_id: string; readonly role: string }[]
  network.restore()
  const why = /This log is not on the server, or no longer yours\./
  const notice = await untilRefused(why)
  await untilStatus('Not accepted · 1 unsaved change')
  await expectExported(device, notice, 'Saved before', 'Written before hearing of it')
  await reload()
  const again = await untilRefused(why)
  await waitFor(() => quest('Written before hearing of it'))

  await server.query('insert into memberships (workspace_id, user_id, role) values ($1, $2, $3)', [
    workspaceId,
    member?.user_id,
    member?.role,
  ])
  await user.click(await again.findByRole('button', { name: 'Try again' }))
  await untilStatus('Saved')
  await expectOnServer(device, 'Saved before', 'Written before hearing of it')
})

test('who is signed out from elsewhere is told so at once, and signing in again saves what was written', async () => {
  const device = await openSavedDevice(server.url, 'Saved before')
  const { user, credentials, reload } = device
  await (await signInElsewhere(credentials, server.url)).ask('DELETE', '/auth/sessions')
  const notice = await untilRefused(/You are signed out\./)
  await addQuests(user, 'Written signed out')
  await untilStatus('Signed out · 1 unsaved change')
  await user.click(await notice.findByRole('link', { name: 'Sign in' }))
  await waitFor(() => expect(screen.getByLabelText('E-mail')).toHaveProperty('value', credentials.email))
  await reload('/sign-in')
  await untilStatus('Signed out · 1 unsaved change')
  await fillCredentials(user, credentials)
  await user.click(main().getByRole('button', { name: 'Sign in' }))
  await untilStatus('Saved')
  await expectOnServer(device, 'Saved before', 'Written signed out')
})
