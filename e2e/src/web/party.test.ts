import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { fillSignUp, newCredentials, signUp } from './accounts.ts'
import { violations } from './axe.ts'
import type { Device } from './device.ts'
import { downloadFrom } from './export.ts'
import { changeTo, inviteByLink, makeParty, openPartyPage } from './parties.ts'
import { takePictures } from './pictures.ts'
import { addQuests, checkbox, editor, quest, quickAdd, row, untilInstalled, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

/** How long a device may take to hear of a role, in milliseconds. */
const roleHeardMs = 1_000

/** Ada, who owns the party, and a link she made. */
async function openOwner(party: string, role: 'Member' | 'Viewer' | 'Guest' = 'Member') {
  const device = await site.openDevice()
  const page = await device.openTab()
  await signUp(page)
  await makeParty(page, party)
  return { device, page, link: await inviteByLink(page, role) }
}

/** Ben, who has no account when he opens the link. */
async function joinByLink(link: string, party: string): Promise<{ readonly device: Device; readonly page: Page }> {
  const device = await site.openDevice()
  const page = await device.openTab(new URL(link).pathname + new URL(link).hash)
  await page.getByText(`Ada invites you to ${party}.`).waitFor()
  await page.getByRole('main').getByRole('link', { name: 'Create an account' }).click()
  await fillSignUp(page, newCredentials(), 'Ben')
  await page.getByText('You are signed in as Ben.').waitFor()
  await page.getByRole('button', { name: `Join ${party}` }).click()
  return { device, page }
}

async function giveBenRole(page: Page, label: string): Promise<void> {
  const changed = page.waitForResponse((response) => response.request().method() === 'PATCH')
  await page.getByLabel('Role of Ben').selectOption({ label })
  expect((await changed).status()).toBe(204)
}

/** Unfolds what is done, and waits for a quest there. */
async function untilDone(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: /^Done/, expanded: false }).click()
  await page.getByRole('main').getByRole('checkbox', { name: title, checked: true }).waitFor()
}

test('who opens an invitation link makes an account, joins, and both see each other’s edits live', async () => {
  const { page: ada, link } = await openOwner('Raiders')
  expect(await violations(ada)).toEqual([])
  await takePictures(ada, 'party-owner')
  const guest = await (await site.openDevice()).openTab(new URL(link).pathname + new URL(link).hash)
  await guest.getByText('Ada invites you to Raiders.').waitFor()
  expect(new URL(guest.url()).hash).toBe('')
  expect(await violations(guest)).toEqual([])
  await takePictures(guest, 'party-join')

  const { page: ben } = await joinByLink(link, 'Raiders')
  await ben.getByRole('button', { name: 'Change log, now Raiders' }).waitFor()
  await untilStatus(ben, 'Saved')
  await addQuests(ben, 'Scout the pass')
  await ada
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /^Inbox/ })
    .click()
  await quest(ada, 'Scout the pass').waitFor()
  await addQuests(ada, 'Bring rope')
  await quest(ben, 'Bring rope').waitFor()
  await checkbox(ada, 'Scout the pass').check()
  await untilDone(ben, 'Scout the pass')

  await changeTo(ben, 'Personal log')
  await addQuests(ben, 'Only mine')
  expect(await quest(ben, 'Bring rope').count()).toBe(0)
  await changeTo(ben, 'Raiders')
  await quest(ben, 'Bring rope').waitFor()
  expect(await quest(ada, 'Only mine').count()).toBe(0)
})

test('a party once opened opens without the server, with the names of its members, and what was written there goes out later', async () => {
  const { page: ada, link } = await openOwner('Explorers')
  const { device, page: ben } = await joinByLink(link, 'Explorers')
  await addQuests(ben, 'Find the river')
  await untilStatus(ben, 'Saved')
  await untilInstalled(ben)
  await quest(ben, 'Find the river').click()
  await editor(ben).getByLabel('Assigned to').selectOption({ label: 'Ada' })
  await row(ben, 'Find the river').getByText('+Ada').waitFor()
  await ben.keyboard.press('Escape')
  await untilStatus(ben, 'Saved')

  await device.context.setOffline(true)
  await ben.reload()
  await row(ben, 'Find the river').getByText('+Ada').waitFor()
  await addQuests(ben, 'Written on the way')
  await openPartyPage(ben)
  await ben.getByText('As last seen on this device.').waitFor()
  expect(await ben.getByRole('list', { name: 'Members' }).getByRole('listitem').allTextContents()).toEqual([
    'AdaOwner',
    'Ben (you)Member',
  ])
  expect(await violations(ben)).toEqual([])
  await takePictures(ben, 'party-offline')
  await changeTo(ben, 'Personal log')
  await device.context.setOffline(false)
  await ada
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /^Inbox/ })
    .click()
  await row(ada, 'Find the river').getByText('+Ada').waitFor()
  await quest(ada, 'Written on the way').waitFor()
})

test('whose role is lowered is told so within a second and reads on; raised again, they write at once', async () => {
  const { page: ada, link } = await openOwner('Guild')
  const { page: ben } = await joinByLink(link, 'Guild')
  await addQuests(ben, 'Before')
  await untilStatus(ben, 'Saved')
  await ada.reload()
  await giveBenRole(ada, 'Viewer')
  await ben.getByText('You are a viewer in Guild.').waitFor({ timeout: roleHeardMs })
  await expect.poll(() => quickAdd(ben).isDisabled()).toBe(true)
  expect(await violations(ben)).toEqual([])
  await takePictures(ben, 'party-viewer')
  await openPartyPage(ben)
  await ben.getByText(/^You are a viewer here/).waitFor()
  expect(await ben.getByRole('button', { name: 'Invite somebody' }).count()).toBe(0)
  await takePictures(ben, 'party-page-viewer')
  await ben
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /^Inbox/ })
    .click()
  await giveBenRole(ada, 'Member')
  await expect.poll(() => quickAdd(ben).isEnabled()).toBe(true)
  await addQuests(ben, 'After')
  await untilStatus(ben, 'Saved')
})

test('what a lowered role wrote offline is offered for export, and the party is fetched anew', async () => {
  const { page: ada, link } = await openOwner('Watch')
  const { device, page: ben } = await joinByLink(link, 'Watch')
  await addQuests(ben, 'Before')
  await untilStatus(ben, 'Saved')
  await ada.reload()
  await device.context.setOffline(true)
  await addQuests(ben, 'Too late')
  await giveBenRole(ada, 'Viewer')
  await device.context.setOffline(false)
  const notice = ben.getByRole('alert').filter({ hasText: 'You may no longer change Watch.' })
  await notice.getByText('1 change of yours came too late').waitFor()
  expect(await violations(ben)).toEqual([])
  await takePictures(ben, 'party-too-late')
  const { log } = await downloadFrom(ben, notice.getByRole('button', { name: 'Export as JSON' }))
  expect(JSON.stringify(log)).toContain('"Too late"')
  await notice.getByRole('button', { name: 'Discard and fetch anew' }).click()
  await ben.getByRole('dialog').getByRole('button', { name: 'Discard and fetch anew' }).click()
  await ben.getByText('You are a viewer in Watch.').waitFor()
  await quest(ben, 'Before').waitFor()
  expect(await quest(ben, 'Too late').count()).toBe(0)
})

test('who is removed is told so within a second, exports what was not sent, and removes the copy', async () => {
  const { page: ada, link } = await openOwner('Band')
  const { page: ben } = await joinByLink(link, 'Band')
  await addQuests(ben, 'Ours')
  await untilStatus(ben, 'Saved')
  await ada.reload()
  await ada.getByRole('button', { name: 'More about Ben' }).click()
  await ada.getByRole('menuitem', { name: 'Remove from party' }).click()
  const removed = ada.waitForResponse((response) => response.request().method() === 'DELETE')
  await ada.getByRole('dialog').getByRole('button', { name: 'Remove from party' }).click()
  await removed
  const notice = ben.getByRole('alert').filter({ hasText: 'You no longer belong to Band.' })
  await notice.waitFor({ timeout: roleHeardMs })
  expect(await violations(ben)).toEqual([])
  await takePictures(ben, 'party-removed')
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
  const { page: ada, link } = await openOwner('Inn', 'Guest')
  const { page: ben } = await joinByLink(link, 'Inn')
  await ben.getByRole('heading', { level: 2, name: 'Nothing is assigned to you' }).waitFor()
  await ada.reload()
  await ada.getByLabel('Role of Ben').waitFor()
  await ada
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /^Inbox/ })
    .click()
  await addQuests(ada, 'Sweep the floor', 'Not for guests')
  await quest(ada, 'Sweep the floor').click()
  await editor(ada).getByLabel('Assigned to').selectOption({ label: 'Ben' })
  await untilStatus(ada, 'Saved')
  await ben.reload()
  await ben.getByRole('checkbox', { name: 'Sweep the floor' }).waitFor()
  expect(await ben.getByText('Not for guests').count()).toBe(0)
  expect(await violations(ben)).toEqual([])
  await takePictures(ben, 'party-assigned')
  await ben.getByRole('checkbox', { name: 'Sweep the floor' }).click()
  await untilDone(ada, 'Sweep the floor')
})

test('an invitation that is revoked, and no invitation at all, are answered in words', async () => {
  const { page: ada, link } = await openOwner('Lost')
  await ada.getByRole('button', { name: /^Revoke the invitation as Member/ }).click()
  await ada.getByText('No open invitations.').waitFor()
  const device = await site.openDevice()
  const page = await device.openTab(new URL(link).pathname + new URL(link).hash)
  await page.getByText('This invitation is used up, revoked or too old.').waitFor()
  expect(site.takeFaults()).toHaveLength(1)
  expect(await violations(page)).toEqual([])
  await takePictures(page, 'party-join-invalid')
  const none = await (await site.openDevice()).openTab('/join')
  await none.getByRole('heading', { name: 'There is no invitation here' }).waitFor()
})

test('an owner renames the party, hands it over, leaves, and the other deletes it by typing its name', async () => {
  const { page: ada, link } = await openOwner('Old name')
  const { page: ben } = await joinByLink(link, 'Old name')
  await untilStatus(ben, 'Saved')
  await ada.reload()
  await ada.getByText('You are the only owner.').waitFor()
  expect(await ada.getByRole('button', { name: 'Leave party' }).isDisabled()).toBe(true)
  await ada.getByRole('button', { name: 'Rename' }).click()
  await ada.getByRole('textbox', { name: 'Name of the party' }).fill('New name')
  await ada.getByRole('button', { name: 'Save', exact: true }).click()
  await ada.getByRole('heading', { level: 1, name: 'New name' }).waitFor()
  await ada.getByRole('button', { name: 'More about Ben' }).click()
  await ada.getByRole('menuitem', { name: 'Make owner in my place' }).click()
  await ada.getByRole('dialog').getByRole('button', { name: 'Make owner in my place' }).click()
  await ada.getByText('Ben is now the owner.').waitFor()
  await ada.getByRole('button', { name: 'Leave party' }).click()
  await ada.getByRole('dialog').getByRole('button', { name: 'Leave party' }).click()
  await ada.getByRole('button', { name: 'Change log, now Personal log' }).waitFor()

  await ben.reload()
  await ben.getByRole('button', { name: 'Change log, now New name' }).waitFor()
  await openPartyPage(ben)
  await ben.getByRole('button', { name: 'Delete party' }).click()
  const confirm = ben.getByRole('dialog').getByRole('button', { name: 'Delete party' })
  expect(await confirm.isDisabled()).toBe(true)
  await takePictures(ben, 'party-delete')
  await ben.getByRole('textbox', { name: 'Type the name of the party to confirm' }).fill('New name')
  expect(await violations(ben)).toEqual([])
  await confirm.click()
  await ben.getByRole('button', { name: 'Change log, now Personal log' }).waitFor()
})

test('parties are reached by key and palette, and a quest is assigned by key', async () => {
  const { page: ada } = await openOwner('Keys')
  await changeTo(ada, 'Personal log')
  await ada.keyboard.press('Control+k')
  await ada.getByRole('combobox').fill('Go to party Keys')
  await expect.poll(() => ada.getByRole('option').allTextContents()).toEqual(['Go to party Keys'])
  await ada.keyboard.press('Enter')
  await ada.getByRole('button', { name: 'Change log, now Keys' }).waitFor()
  await addQuests(ada, 'By key')
  await ada.keyboard.press('Escape')
  await quest(ada, 'By key').focus()
  await ada.keyboard.press('a')
  await ada.getByRole('option', { name: 'Ada' }).waitFor()
  await ada.keyboard.press('Enter')
  await row(ada, 'By key').getByText('+Ada').waitFor()
  await ada.keyboard.press('g')
  await ada.keyboard.press('w')
  await ada.getByRole('option', { name: /^Personal log/ }).waitFor()
  expect(await violations(ada)).toEqual([])
  await takePictures(ada, 'party-switch')
  await ada.keyboard.press('Enter')
  await ada.getByRole('button', { name: 'Change log, now Personal log' }).waitFor()
})

test('an API key is shown once, works at once, and no longer when revoked', async () => {
  const device = await site.openDevice()
  const page = await device.openTab()
  await signUp(page)
  await page.goto(`${site.url}/settings/keys`)
  await page.getByText('No keys yet').waitFor()
  await takePictures(page, 'keys-empty')
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByRole('textbox', { name: 'What it is for' }).fill('Backup script')
  expect(await violations(page)).toEqual([])
  await takePictures(page, 'keys-new')
  await page.getByRole('button', { name: 'Create key' }).click()
  const key = await page.getByRole('textbox', { name: 'API key' }).inputValue()
  const ask = () => fetch(`${site.url}/api/v1/workspaces`, { headers: { authorization: `Bearer ${key}` } })
  expect((await ask()).status).toBe(200)
  await takePictures(page, 'keys-ready')
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('list', { name: 'Your API keys' }).getByText('Backup script').waitFor()
  expect(await violations(page)).toEqual([])
  await takePictures(page, 'keys')
  await page.getByRole('button', { name: 'Revoke Backup script' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('No keys yet').waitFor()
  expect((await ask()).status).toBe(401)
})
