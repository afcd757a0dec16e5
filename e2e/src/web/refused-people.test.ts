import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { fillCredentials } from './accounts.ts'
import { violations } from './axe.ts'
import { takePictures } from './pictures.ts'
import { expectExported, expectOnServer, openSavedDevice, untilRefused, writeOffline } from './saved-device.ts'
import { quest, quickAdd, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
beforeEach(() => site.startServer())
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

const idOf = (document: string) => document.split(':')[1]

test('who may only read any more is told so with the unsaved edits kept, and “Try again” saves them once allowed to write', async () => {
  const saved = await openSavedDevice(site, 'Saved before')
  const { device, page, credentials, document } = saved
  await writeOffline(saved, 'Written before hearing of it')
  await site.database.query("update memberships set role = 'viewer' where workspace_id = $1", [idOf(document)])
  await device.context.setOffline(false)
  const notice = await untilRefused(
    page,
    'You may read this log but not change it. What you wrote stays on this device.',
  )
  await untilStatus(page, 'Not accepted · 1 unsaved change')
  await expect.poll(() => quickAdd(page).isDisabled()).toBe(true)
  expect(await violations(page)).toEqual([])
  await takePictures(page, 'refused-role')
  await expectExported(page, notice, 'Saved before', 'Written before hearing of it')
  await notice.getByRole('button', { name: 'Try again' }).click()
  await untilRefused(page, 'You may read this log but not change it. What you wrote stays on this device.')

  await site.database.query("update memberships set role = 'owner' where workspace_id = $1", [idOf(document)])
  await page.getByRole('button', { name: 'Try again' }).click()
  await untilStatus(page, 'Saved')
  await expect.poll(() => quickAdd(page).isEnabled()).toBe(true)
  await expectOnServer(site, credentials, 'Saved before', 'Written before hearing of it')
})

test('who may only read and has nothing unsaved is told why the log cannot be changed', async () => {
  const { page, document } = await openSavedDevice(site, 'To be read')
  await site.database.query("update memberships set role = 'viewer' where workspace_id = $1", [idOf(document)])
  await page.reload()
  await untilStatus(page, 'Saved')
  await page.getByText('This log can only be read here.').waitFor()
  await expect.poll(() => quickAdd(page).isDisabled()).toBe(true)
  expect(await violations(page)).toEqual([])
  await takePictures(page, 'read-only')
})

test('who was removed from a log is told so, keeps all of it here, and is let in again by “Try again”', async () => {
  const saved = await openSavedDevice(site, 'Saved before')
  const { device, page, credentials, document } = saved
  await writeOffline(saved, 'Written before hearing of it')
  const [member] = await site.database.query('delete from memberships where workspace_id = $1 returning *', [
    idOf(document),
  ])
  await device.context.setOffline(false)
  const notice = await untilRefused(page, 'This log is not on the server, or no longer yours.')
  await untilStatus(page, 'Not accepted · 1 unsaved change')
  await takePictures(page, 'refused-not-found')
  await expectExported(page, notice, 'Saved before', 'Written before hearing of it')
  await page.reload()
  await untilRefused(page, 'This log is not on the server, or no longer yours.')
  await quest(page, 'Written before hearing of it').waitFor()

  await site.database.query('insert into memberships (workspace_id, user_id, role) values ($1, $2, $3)', [
    member?.workspace_id,
    member?.user_id,
    member?.role,
  ])
  await page.getByRole('button', { name: 'Try again' }).click()
  await untilStatus(page, 'Saved')
  await expectOnServer(site, credentials, 'Saved before', 'Written before hearing of it')
})

test('who is signed out because the session was used elsewhere is told so, and signing in again saves what was written', async () => {
  await site.killServer()
  await site.startServer({ REFRESH_GRACE_SECONDS: '0' })
  const { device, page, credentials } = await openSavedDevice(site, 'Saved before')
  const stolen = (await device.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  // Asked for when the page has time, and refused as well should that come too late.
  const workspaces = page.waitForResponse(/\/workspaces$/)
  await page.reload()
  await untilStatus(page, 'Saved')
  await workspaces
  const reused = await fetch(`${site.url}/api/v1/auth/refresh`, { method: 'POST', headers: { cookie: stolen } })
  expect(reused.status).toBe(401)

  await untilRefused(page, 'You are signed out.')
  expect(site.takeFaults()).toEqual([expect.stringContaining('401')])
  await quickAdd(page).fill('Written signed out')
  await quickAdd(page).press('Enter')
  await quest(page, 'Written signed out').waitFor()
  await untilStatus(page, 'Signed out · 1 unsaved change')
  await takePictures(page, 'refused-signed-out')
  await page.getByRole('alert').getByRole('link', { name: 'Sign in' }).click()
  await takePictures(page, 'refused-signed-out-sign-in')
  expect(await page.getByLabel('E-mail').inputValue()).toBe(credentials.email)
  await page.reload()
  await untilStatus(page, 'Signed out · 1 unsaved change')
  await takePictures(page, 'signed-out')
  await fillCredentials(page, credentials)
  await untilStatus(page, 'Saved')
  await expectOnServer(site, credentials, 'Saved before', 'Written signed out')
})
