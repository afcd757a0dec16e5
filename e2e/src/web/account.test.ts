import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { signIn, signUp } from './accounts.ts'
import { downloadFrom } from './export.ts'
import { documentsOnDevice } from './log-on-device.ts'
import { addQuests, checkbox, goTo, notes, quest, row, status, untilInstalled, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'
import { statusesOf, watchStatus } from './status-history.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
beforeEach(() => site.startServer())
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

/** The id of the log on screen, from its export. */
async function exported(page: Page) {
  await goTo(page, 'Sync and devices')
  const { log, name } = await downloadFrom(page, page.getByRole('button', { name: 'Export as JSON' }))
  expect(name).toMatch(/^questlog-\d{4}-\d\d-\d\d\.json$/)
  return { log, text: JSON.stringify(log) }
}

function workspaceIdOf(log: unknown): unknown {
  if (typeof log !== 'object' || log === null || !('workspace' in log)) return undefined
  const { workspace } = log
  return typeof workspace === 'object' && workspace !== null && 'id' in workspace ? workspace.id : undefined
}

/** The note on screen without the carets of others. */
function noteText(page: Page): Promise<string> {
  return notes(page).evaluate((editor) => {
    const copy = editor.cloneNode(true)
    if (!(copy instanceof Element)) return ''
    for (const caret of copy.querySelectorAll('.cm-ySelectionCaret')) caret.remove()
    return copy.textContent?.replaceAll('\u2060', '') ?? ''
  })
}

const sorted = (text: string) => [...text].sort().join('')

test('signing up takes the local log into the account, which is called saved only then and seen live elsewhere', async () => {
  const here = await (await site.openDevice()).openTab()
  await addQuests(here, 'Written before the account')
  const before = await exported(here)
  await watchStatus(here)
  const credentials = await signUp(here)
  await quest(here, 'Written before the account').waitFor()
  await untilStatus(here, 'Saved')
  expect((await statusesOf(here))[0]).toBe('On this device')
  const after = await exported(here)
  expect(workspaceIdOf(after.log)).toEqual(expect.any(String))
  expect(workspaceIdOf(after.log)).toBe(workspaceIdOf(before.log))
  await goTo(here, 'Inbox')

  const there = await (await site.openDevice()).openTab()
  await signIn(there, credentials)
  await quest(there, 'Written before the account').waitFor()
  await addQuests(there, 'From the second device')
  await quest(here, 'From the second device').waitFor()
  await addQuests(here, 'From the first device')
  await quest(there, 'From the first device').waitFor()
  await checkbox(there, 'Written before the account').click()
  await quest(here, 'Written before the account').waitFor({ state: 'detached' })

  await quest(here, 'From the first device').click()
  await quest(there, 'From the first device').click()
  const [left, right] = ['left-left-left', 'RIGHT-RIGHT-RIGHT']
  await Promise.all([notes(here).pressSequentially(left), notes(there).pressSequentially(right)])
  for (const page of [here, there]) {
    await expect.poll(async () => sorted(await noteText(page)), { timeout: 10_000 }).toBe(sorted(left + right))
  }
  expect(await noteText(there)).toBe(await noteText(here))
  await expect.poll(() => there.locator('.cm-ySelectionInfo').textContent()).toBe('Ada')
})

test('signing in with a log of one’s own offers to merge it in, and merged it reaches the other device', async () => {
  const here = await (await site.openDevice()).openTab()
  await addQuests(here, 'Of the account')
  const credentials = await signUp(here)
  await untilStatus(here, 'Saved')

  const there = await (await site.openDevice()).openTab()
  await addQuests(there, 'Of the other device')
  await signIn(there, credentials)
  await there.getByRole('heading', { name: 'You have a log on this device' }).waitFor()
  await there.getByRole('button', { name: 'Merge the logs' }).click()
  for (const page of [here, there]) {
    await quest(page, 'Of the account').waitFor()
    await quest(page, 'Of the other device').waitFor()
  }
  await untilStatus(there, 'Saved')
  await goTo(there, 'Sync and devices')
  await expect
    .poll(() => there.getByRole('list', { name: 'Logs on this device' }).getByRole('listitem').count())
    .toBe(1)
})

test('signing in with a log of one’s own can keep it apart, where it is still found and nobody else sees it', async () => {
  const here = await (await site.openDevice()).openTab()
  await addQuests(here, 'Of the account')
  const credentials = await signUp(here)
  await untilStatus(here, 'Saved')

  const there = await (await site.openDevice()).openTab()
  await addQuests(there, 'Private')
  await signIn(there, credentials)
  await there.getByRole('button', { name: 'Keep them apart' }).click()
  await quest(there, 'Of the account').waitFor()
  await addQuests(there, 'Shared')
  await untilStatus(there, 'Saved')
  await quest(here, 'Shared').waitFor()
  await expect.poll(() => quest(here, 'Private').count()).toBe(0)
  await expect.poll(() => quest(there, 'Private').count()).toBe(0)

  await there.reload()
  await quest(there, 'Shared').waitFor()
  await goTo(there, 'Sync and devices')
  const local = there.getByRole('listitem').filter({ hasText: 'Local log' })
  await local.getByRole('button', { name: 'Open', exact: true }).click()
  await goTo(there, 'Inbox')
  await quest(there, 'Private').waitFor()
  await expect.poll(() => quest(there, 'Of the account').count()).toBe(0)
  await expect.poll(() => status(there).textContent()).toBe('On this device')
})

test('the export holds every quest, with its notes, whatever was done to it', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'Open', 'Done', 'Thrown away')
  await quest(page, 'Open').click()
  await notes(page).fill('A note to keep')
  await page.getByLabel('Add a step').fill('A step to keep')
  await page.keyboard.press('Enter')
  await checkbox(page, 'Done').first().click()
  await quest(page, 'Thrown away').click()
  await page.getByRole('button', { name: 'Move to Trash' }).click()
  await row(page, 'Thrown away').waitFor({ state: 'detached' })
  const { text } = await exported(page)
  for (const kept of ['"Open"', '"Done"', '"Thrown away"', 'A note to keep', 'A step to keep', 'completions']) {
    expect(text).toContain(kept)
  }
})

test('logging out with unsaved changes warns of them, and keeping the log keeps them', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'Saved')
  const credentials = await signUp(page)
  await untilStatus(page, 'Saved')
  await untilInstalled(page)
  await site.killServer()
  await addQuests(page, 'Unsaved')
  await untilStatus(page, 'Offline · 1 unsaved change')
  await goTo(page, 'Sync and devices')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('alert').filter({ hasText: '1 change is not on the server yet' }).waitFor()
  await page.getByRole('button', { name: 'Sign out, keep the log here' }).click()
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).waitFor()
  await page.reload()
  await goTo(page, 'Inbox')
  await quest(page, 'Unsaved').waitFor()

  await site.startServer()
  await signIn(page, credentials)
  await quest(page, 'Unsaved').waitFor()
  await untilStatus(page, 'Saved')
  const fresh = await (await site.openDevice()).openTab()
  await signIn(fresh, credentials)
  await quest(fresh, 'Unsaved').waitFor()
})

test('logging out can remove the log from the device, and signing in brings it back', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'Kept on the server')
  const credentials = await signUp(page)
  await untilStatus(page, 'Saved')
  await goTo(page, 'Sync and devices')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect.poll(() => page.getByRole('dialog').getByRole('alert').count()).toBe(0)
  await page.getByRole('button', { name: 'Sign out and remove' }).click()
  await page.getByRole('main').getByRole('link', { name: 'Create an account' }).waitFor()
  await page.reload()
  await goTo(page, 'Inbox')
  await page.getByRole('heading', { name: /What is your first quest/ }).waitFor()
  // The page was reloaded while the log was being deleted.
  await expect.poll(async () => (await documentsOnDevice(page)).length).toBe(1)

  await signIn(page, credentials)
  await quest(page, 'Kept on the server').waitFor()
})
