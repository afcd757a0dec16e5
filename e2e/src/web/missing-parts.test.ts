import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { signUp } from './accounts.ts'
import { addQuests, closeEditor, editor, goTo, quest, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

// A service worker would have the parts of the app: these devices have none.

let site: Site
beforeAll(async () => {
  site = await openSite()
})
// A part that is not to be had is what these tests are about; the browser notes each.
afterEach(() => expect(site.takeFaults().filter((fault) => !/Failed to load resource/.test(fault))).toEqual([]))
afterAll(() => site.close())

test('a part that cannot be had says so in its place, and comes at the next try; the rest goes on', async () => {
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

test('a part of the app that could not be fetched once comes with a reload of the page', async () => {
  const { context } = await site.openDevice({ reducedMotion: 'reduce', serviceWorkers: 'block' })
  const lost: RegExp[] = []
  const loseOnce = (part: RegExp) =>
    context.route(part, (route) => route.abort().then(() => void lost.push(part)), { times: 1 })
  const screen = /\/assets\/SettingsPage-/
  await loseOnce(screen)
  const page = await context.newPage()
  await page.goto(site.url)
  await expect.poll(() => lost).toEqual([screen])
  await goTo(page, 'Settings')
  await goTo(page, 'Inbox')
  await signUp(page)
  await untilStatus(page, 'Saved')

  // Without it no answer about the session is understood.
  const schema = /\/assets\/auth-/
  await loseOnce(schema)
  await page.reload()
  await expect.poll(() => lost).toEqual([screen, schema])
  await untilStatus(page, 'Saved')
})
