import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { signIn } from './accounts.ts'
import { giveRole, joinByLink, openOwner } from './parties.ts'
import { openSavedDevice } from './saved-device.ts'
import { addQuests, closeEditor, editor, goTo, quest, quickAdd, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

const due = (page: Page) => editor(page).getByLabel('Due: date')

test('an open editor shows what another device sets, and brings nothing old back when it is closed', async () => {
  const { page, credentials } = await openSavedDevice(site, 'Pay rent')
  const other = await (await site.openDevice()).openTab()
  await signIn(other, credentials)
  await quest(other, 'Pay rent').click()
  await quest(page, 'Pay rent').click()
  await due(page).fill('2030-05-08')
  await expect.poll(() => due(other).inputValue()).toBe('2030-05-08')
  await due(other).fill('2030-05-09')
  await expect.poll(() => due(page).inputValue()).toBe('2030-05-09')
  await closeEditor(page)
  await quest(page, 'Pay rent').click()
  expect(await due(page).inputValue()).toBe('2030-05-09')

  await due(page).fill('2030-05-10')
  await expect.poll(() => due(other).inputValue()).toBe('2030-05-10')
  await editor(other).getByRole('button', { name: 'Clear Due' }).click()
  await expect.poll(() => due(page).inputValue()).toBe('')
  await closeEditor(page)
  await untilStatus(page, 'Saved')
  expect(await due(other).inputValue()).toBe('')
})

test('a date that is emptied by hand is cleared when the field is left', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'Pay rent')
  await quest(page, 'Pay rent').click()
  await due(page).fill('2030-05-08')
  await editor(page).getByLabel('Due: time').fill('10:30')
  await due(page).fill('')
  await closeEditor(page)
  await quest(page, 'Pay rent').click()
  expect(await due(page).inputValue()).toBe('')
})

test('what is half typed outlives a change of view and a reload, each place its own', async () => {
  const page = await (await site.openDevice()).openTab()
  await quickAdd(page).fill('Half a thou')
  await goTo(page, 'Today')
  expect(await quickAdd(page).inputValue()).toBe('')
  await quickAdd(page).fill('For today')
  await goTo(page, 'Inbox')
  expect(await quickAdd(page).inputValue()).toBe('Half a thou')
  await page.reload()
  expect(await quickAdd(page).inputValue()).toBe('Half a thou')
  await quickAdd(page).press('Enter')
  await quest(page, 'Half a thou').waitFor()
  await page.reload()
  expect(await quickAdd(page).inputValue()).toBe('')
})

test('keys on a role only choose; a button gives it, and Escape takes the choice back', async () => {
  const { page: ada, link } = await openOwner(site, 'Guild')
  await joinByLink(site, link, 'Guild')
  await ada.reload()
  const roles = ada.getByLabel('Role of Ben')
  await roles.focus()
  await ada.keyboard.press('Home')
  await expect.poll(() => roles.locator('option:checked').textContent()).not.toBe('Member')
  await ada.getByRole('button', { name: /^Give Ben the role/ }).waitFor()
  await ada.keyboard.press('Escape')
  await expect.poll(() => roles.locator('option:checked').textContent()).toBe('Member')
  await ada.reload()
  expect(await roles.locator('option:checked').textContent()).toBe('Member')
  await giveRole(ada, 'Ben', 'Viewer')
})

test('a part that cannot be had says so in its place, and comes at the next try; the rest goes on', async () => {
  // A service worker would have the parts.
  const { context } = await site.openDevice({ reducedMotion: 'reduce', serviceWorkers: 'block' })
  const part = /\/assets\/(SettingsPage|QuestNotes)-/
  await context.route(part, (route) => route.abort())
  const page = await context.newPage()
  await page.goto(site.url)
  await addQuests(page, 'Goes on')
  await quest(page, 'Goes on').click()
  await editor(page).getByText('This part of the app could not be loaded.').waitFor()
  await editor(page).getByRole('textbox', { name: 'Title', exact: true }).fill('Went on')
  await closeEditor(page)
  await quest(page, 'Went on').waitFor()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click()
  const missing = page.getByRole('main').getByRole('alert').filter({ hasText: 'could not be loaded' })
  await missing.waitFor()
  await goTo(page, 'Today')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click()
  await missing.waitFor()
  await context.unroute(part)
  await missing.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  site.takeFaults()
})

test('the focus stays where the work goes on', async () => {
  const page = await (await site.openDevice()).openTab()
  const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent)
  const isOnQuickAdd = () => quickAdd(page).evaluate((field) => field === document.activeElement)
  for (const title of ['One', 'Two']) {
    await quickAdd(page).fill(title)
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await quest(page, title).waitFor()
  }
  expect(await isOnQuickAdd()).toBe(true)
  for (const title of ['One', 'Two']) {
    await quest(page, title).focus()
    await page.keyboard.press('Delete')
    await quest(page, title).waitFor({ state: 'detached' })
  }
  await goTo(page, 'Trash')
  await page.getByRole('button', { name: 'Restore Two' }).click()
  await expect.poll(focused).toBe('One')
  await page.getByRole('button', { name: 'Restore One' }).click()
  await expect.poll(focused).toBe('main')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Projects' }).click()
  await page.getByRole('main').getByRole('button', { name: 'New project' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Garden')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByRole('heading', { level: 1, name: 'Garden' }).waitFor()
  await expect.poll(isOnQuickAdd).toBe(true)
})

test('Escape takes back a step that is being typed, and an unknown address says that it is one', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'Pack')
  await quest(page, 'Pack').click()
  const step = editor(page).getByRole('textbox', { name: 'Add a step' })
  await step.fill('Not this')
  await step.press('Escape')
  await step.press('Escape')
  await closeEditor(page)
  await quest(page, 'Pack').click()
  expect(await editor(page).getByRole('listitem').count()).toBe(0)
  await page.goto(`${site.url}/no/such/page`)
  await page.getByRole('heading', { level: 1, name: 'No such page' }).waitFor()
  await page.getByRole('main').getByRole('link', { name: 'Inbox' }).click()
  await quest(page, 'Pack').waitFor()
})
