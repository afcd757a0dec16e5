import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { downloadFrom } from './export.ts'
import { giveRole, joinByLink, openOwner, openPartyPage, untilAnswered, untilDone, watchFor } from './parties.ts'
import { takePictures } from './pictures.ts'
import { addQuests, checkbox, editor, goTo, notes, quest, quickAdd, untilInstalled, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

/** How long a screen may take to tell of a role, in milliseconds; how soon a test looks at it does not count. */
const roleHeardMs = 1_000

/** The open quest and the list cannot be changed. */
async function expectReadOnly(page: Page, title: string): Promise<void> {
  const closed = [
    quickAdd(page),
    checkbox(page, title),
    editor(page).getByRole('textbox', { name: 'Title', exact: true }),
    page.getByRole('button', { name: 'New project' }),
    page.getByRole('button', { name: 'Undo' }),
  ]
  await expect.poll(() => Promise.all(closed.map((one) => one.isDisabled()))).toEqual(closed.map(() => true))
  await expect.poll(() => notes(page).getAttribute('contenteditable')).toBe('false')
}

/** Each of these keys on a quest is answered in words, opens nothing and changes nothing. */
async function expectRefused(page: Page, title: string, ...keys: readonly string[]): Promise<void> {
  const refusal = page.getByRole('alert').getByText('You can read this log but not change it.')
  for (const key of keys) {
    await quest(page, title).focus()
    await page.keyboard.press(key)
    await refusal.waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.getByRole('button', { name: 'Dismiss message' }).click()
  }
  expect(await checkbox(page, title).getAttribute('aria-checked')).toBe('false')
}

test('whose role is lowered is told so within a second, reads on and can change nothing; raised again, they write at once', async () => {
  const { page: ada, link } = await openOwner(site, 'Guild')
  const { page: ben } = await joinByLink(site, link, 'Guild')
  await addQuests(ben, 'Before')
  await quest(ben, 'Before').focus()
  await ben.keyboard.press('1')
  await quest(ben, 'Before').click()
  await notes(ben).click()
  await ben.keyboard.type('As member')
  await editor(ben).getByText('History', { exact: true }).click()
  const history = editor(ben).locator('details').filter({ hasText: 'History' })
  const restore = history.getByRole('button', { name: /^Restore/ })
  await restore.waitFor()
  await untilStatus(ben, 'Saved')
  await ada.reload()
  const toldAt = await watchFor(ben, 'You are a viewer in Guild.')
  const loweredAt = await giveRole(ada, 'Ben', 'Viewer')
  expect((await toldAt()) - loweredAt).toBeLessThan(roleHeardMs)
  await ben.getByText('You are a viewer in Guild.').waitFor()
  await expectReadOnly(ben, 'Before')
  await expectRefused(ben, 'Before', 'c', 'd', 'a', 'Delete', 'Control+z', 'q')
  await history.getByText('Priority: from').waitFor()
  expect(await restore.count()).toBe(0)
  expect(await violations(ben)).toEqual([])
  await takePictures(ben, 'party-viewer')
  await goTo(ada, 'Inbox')
  await quest(ada, 'Before').focus()
  await ada.keyboard.press('a')
  await expect.poll(() => ada.getByRole('option').allTextContents()).toEqual(['Ada'])
  await ada.keyboard.press('Escape')
  await quest(ada, 'Before').click()
  expect(await editor(ada).getByLabel('Assigned to').getByRole('option').allTextContents()).not.toContain('Ben')
  await openPartyPage(ada)
  await openPartyPage(ben)
  await ben.getByText(/^You are a viewer here/).waitFor()
  expect(await ben.getByRole('button', { name: 'Invite somebody' }).count()).toBe(0)
  expect(await ben.getByRole('main').getByRole('combobox').count()).toBe(0)
  await takePictures(ben, 'party-page-viewer')
  await goTo(ben, 'Inbox')
  await giveRole(ada, 'Ben', 'Member')
  await expect.poll(() => quickAdd(ben).isEnabled()).toBe(true)
  await addQuests(ben, 'After')
  await quest(ben, 'Before').click()
  await notes(ben).click()
  await ben.keyboard.press('End')
  await ben.keyboard.type(', twice')
  await expect.poll(() => notes(ben).textContent()).toBe('As member, twice')
  await checkbox(ben, 'After').click()
  await untilDone(ben, 'After')
  await untilStatus(ben, 'Saved')
})

test('what a lowered role wrote offline is offered for export, and the party is fetched again', async () => {
  const { page: ada, link } = await openOwner(site, 'Watch')
  const { device, page: ben } = await joinByLink(site, link, 'Watch')
  await addQuests(ben, 'Before')
  await untilStatus(ben, 'Saved')
  await ada.reload()
  await device.context.setOffline(true)
  await addQuests(ben, 'Too late')
  await giveRole(ada, 'Ben', 'Viewer')
  await device.context.setOffline(false)
  const notice = ben.getByRole('alert').filter({ hasText: 'You may no longer change Watch.' })
  await notice.getByText('1 change of yours came too late').waitFor()
  expect(await violations(ben)).toEqual([])
  await takePictures(ben, 'party-too-late')
  const { log } = await downloadFrom(ben, notice.getByRole('button', { name: 'Export as JSON' }))
  expect(JSON.stringify(log)).toContain('"Too late"')
  await notice.getByRole('button', { name: 'Discard and fetch again' }).click()
  await ben.getByRole('dialog').getByRole('button', { name: 'Discard and fetch again' }).click()
  await ben.getByText('You are a viewer in Watch.').waitFor()
  await quest(ben, 'Before').waitFor()
  expect(await quest(ben, 'Too late').count()).toBe(0)
})

test('who is removed is told so within a second, can change nothing any more, exports, and removes the copy', async () => {
  const { page: ada, link } = await openOwner(site, 'Band')
  const { device, page: ben } = await joinByLink(site, link, 'Band')
  await addQuests(ben, 'Ours')
  await untilStatus(ben, 'Saved')
  await untilInstalled(ben)
  await quest(ben, 'Ours').click()
  await notes(ben).waitFor()
  await ada.reload()
  await ada.getByRole('button', { name: 'More about Ben' }).click()
  await ada.getByRole('menuitem', { name: 'Remove from party' }).click()
  const toldAt = await watchFor(ben, 'You no longer belong to Band.')
  const removedAt = await untilAnswered(ada, 'DELETE', () =>
    ada.getByRole('dialog').getByRole('button', { name: 'Remove from party' }).click(),
  )
  expect((await toldAt()) - removedAt).toBeLessThan(roleHeardMs)
  const notice = ben.getByRole('alert').filter({ hasText: 'You no longer belong to Band.' })
  await notice.waitFor()
  await expectReadOnly(ben, 'Ours')
  await expectRefused(ben, 'Ours', 'c')
  expect(await violations(ben)).toEqual([])
  await takePictures(ben, 'party-removed')
  await device.context.setOffline(true)
  await ben.reload()
  await ben.getByText('This log can only be read here.').waitFor()
  await notes(ben).waitFor()
  await expectReadOnly(ben, 'Ours')
  await device.context.setOffline(false)
  await notice.waitFor()
  const { log } = await downloadFrom(ben, notice.getByRole('button', { name: 'Export as JSON' }))
  expect(JSON.stringify(log)).toContain('"Ours"')
  await notice.getByRole('button', { name: 'Remove from this device' }).click()
  await ben.getByRole('dialog').getByRole('button', { name: 'Remove from this device' }).click()
  await ben.getByRole('button', { name: 'Change log, now Personal log' }).waitFor()
  expect(await quest(ben, 'Ours').count()).toBe(0)
  expect(await ben.evaluate(() => localStorage.getItem('questlog.members'))).not.toContain('Ada')
  const kept = () => ben.evaluate(async () => (await indexedDB.databases()).filter(({ name }) => name?.includes('w:')))
  await expect.poll(async () => (await kept()).length).toBe(1)
  await expect.poll(() => ada.getByLabel('Role of Ben').count()).toBe(0)
})

test('a guest gets a list of what is assigned to them, completes it there, and no copy', async () => {
  const { page: ada, link } = await openOwner(site, 'Inn', 'Guest')
  const { page: ben } = await joinByLink(site, link, 'Inn')
  await ben.getByRole('heading', { level: 2, name: 'Nothing is assigned to you' }).waitFor()
  await ada.reload()
  await ada.getByLabel('Role of Ben').waitFor()
  await goTo(ada, 'Inbox')
  await addQuests(ada, 'Sweep the floor', 'Not for guests')
  await quest(ada, 'Sweep the floor').focus()
  await ada.keyboard.press('d')
  await ada.getByRole('option', { name: /^today/i }).click()
  await quest(ada, 'Sweep the floor').click()
  await notes(ada).click()
  await ada.keyboard.type('Under the tables too')
  await editor(ada).getByLabel('Assigned to').selectOption({ label: 'Ben' })
  await editor(ada).getByRole('button', { name: 'Assign Ben' }).click()
  await untilStatus(ada, 'Saved')
  await ben.reload()
  await ben.getByRole('checkbox', { name: 'Sweep the floor' }).waitFor()
  const assigned = ben.getByRole('main').getByRole('listitem')
  expect(await assigned.allTextContents()).toEqual([
    expect.stringMatching(/^Sweep the floorDue today.*Under the tables too$/i),
  ])
  expect(await violations(ben)).toEqual([])
  await takePictures(ben, 'party-assigned')
  const box = ben.getByRole('checkbox', { name: 'Sweep the floor' })
  const completing = ben.waitForRequest((request) => request.url().includes('/complete?'))
  await box.click()
  // The server cannot know on which day it was done where this person is.
  expect((await completing).postDataJSON()).toEqual({
    timeZone: await ben.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
  })
  await untilDone(ada, 'Sweep the floor')
  await expect.poll(() => box.isChecked()).toBe(true)
  await box.click()
  await checkbox(ada, 'Sweep the floor')
    .and(ada.getByRole('checkbox', { checked: false }))
    .waitFor()
})

test('a member who becomes a guest is told so, and finds the assigned quests in place of the copy', async () => {
  const { page: ada, link } = await openOwner(site, 'Tavern')
  const { page: ben } = await joinByLink(site, link, 'Tavern')
  await addQuests(ben, 'Seen as member')
  await untilStatus(ben, 'Saved')
  await ada.reload()
  await giveRole(ada, 'Ben', 'Guest')
  await ben.getByRole('heading', { level: 2, name: 'Nothing is assigned to you' }).waitFor()
  await ben.getByText('You are now a guest in Tavern').waitFor()
  await ben.getByRole('button', { name: 'Change log, now Personal log' }).waitFor()
  await untilStatus(ben, 'Saved')
  expect(await quest(ben, 'Seen as member').count()).toBe(0)
  expect(await violations(ben)).toEqual([])
  await ben.reload()
  await ben.getByRole('heading', { level: 2, name: 'Nothing is assigned to you' }).waitFor()
  await untilStatus(ben, 'Saved')
  // The copy is there until it is removed, and is not shown in the place of what is assigned.
  await ben.getByRole('button', { name: /^Change log/ }).click()
  await ben.getByRole('option', { name: /^Tavern.*Assigned quests$/ }).click()
  await ben.getByRole('heading', { level: 2, name: 'Nothing is assigned to you' }).waitFor()
  await goTo(ben, 'Sync and devices')
  const copy = ben
    .getByRole('list', { name: 'Logs on this device' })
    .getByRole('listitem')
    .filter({ hasText: 'Tavern' })
  await copy.getByRole('button', { name: /^Remove/ }).click()
  await ben
    .getByRole('dialog')
    .getByRole('button', { name: /^Remove/ })
    .click()
  await copy.waitFor({ state: 'detached' })
})

test('a member who becomes a guest with changes unsaved keeps them in sight until they are exported', async () => {
  const { page: ada, link } = await openOwner(site, 'Mill')
  const { page: ben, device } = await joinByLink(site, link, 'Mill')
  await addQuests(ben, 'Ground')
  await untilStatus(ben, 'Saved')
  await device.context.setOffline(true)
  await addQuests(ben, 'Not sent')
  await ada.reload()
  await giveRole(ada, 'Ben', 'Guest')
  await device.context.setOffline(false)
  const notice = ben.getByRole('alert').filter({ hasText: 'You are now a guest in Mill.' })
  await notice.getByRole('button', { name: 'Export as JSON' }).waitFor()
  await quest(ben, 'Not sent').waitFor()
  await notice.getByRole('link', { name: 'Assigned quests' }).click()
  await ben.getByRole('heading', { level: 2, name: 'Nothing is assigned to you' }).waitFor()
})

test('who joins while the app is open can be assigned at once', async () => {
  const { page: ada, link } = await openOwner(site, 'Forge')
  await goTo(ada, 'Inbox')
  await addQuests(ada, 'Sword')
  await joinByLink(site, link, 'Forge')
  await quest(ada, 'Sword').focus()
  await ada.keyboard.press('a')
  await ada.getByRole('option', { name: 'Ben' }).click()
  await ada.getByRole('main').getByText('+Ben').waitFor()
})
