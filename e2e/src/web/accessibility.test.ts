import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signIn, signUp } from './accounts.ts'
import { violations } from './axe.ts'
import { addQuests, checkbox, editor, goTo, notes, quest, untilStatus } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

describe.each([{ viewport: { width: 1440, height: 900 } }, { viewport: { width: 390, height: 844 } }])(
  'at $viewport.width pixels, light and dark, axe finds nothing wrong',
  (look) => {
    let page: Page
    const isFine = async (name: string) => expect(await violations(page, `${name}-${look.viewport.width}`)).toEqual([])
    beforeEach(async () => {
      page = await (await site.openDevice({ ...look, reducedMotion: 'reduce' })).openTab()
    })

    test('with the lists, a quest and the dialogs', async () => {
      await page.getByRole('heading', { name: /What is your first quest/ }).waitFor()
      await isFine('first-run')
      await addQuests(page, 'Sharpen the sword', 'Feed the horse', 'اقتل التنين قبل الغروب', 'Done already')
      await quest(page, 'Feed the horse').focus()
      await page.keyboard.press('1')
      await checkbox(page, 'Done already').click()
      await page.getByRole('button', { name: /^Done/, expanded: false }).click()
      await isFine('inbox')
      await quest(page, 'Sharpen the sword').click()
      await notes(page).fill('# Notes\n\nOn a **whetstone**, see [here](https://example.org)')
      await page.getByLabel('Add a step').fill('Find the whetstone')
      await page.keyboard.press('Enter')
      await page.getByLabel('Due: date').fill('2020-01-31')
      await page.getByLabel('Tags').fill('home')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Remove tag home' }).waitFor()
      const folded = editor(page).locator('details:not([open]) > summary')
      while ((await folded.count()) > 0) await folded.first().click()
      await isFine('editor')
      await page.goto(`${site.url}/today`)
      await page.getByRole('heading', { name: /Overdue/ }).waitFor()
      await isFine('today')
      await page.keyboard.press('Control+k')
      await page.getByRole('option').first().waitFor()
      await isFine('palette')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: 'Keys' }).waitFor()
      await isFine('keys')
      await page.keyboard.press('Escape')
      await quest(page, 'Sharpen the sword').focus()
      await page.keyboard.press('d')
      await page.getByRole('dialog', { name: 'Due' }).waitFor()
      await isFine('due')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Delete')
      await page.getByText('Quest moved to Trash').waitFor()
      await isFine('today-empty-and-toast')
      await page.goto(`${site.url}/trash`)
      await page.getByRole('button', { name: 'Restore Sharpen the sword' }).waitFor()
      await isFine('trash')
    })

    test('with projects, settings, devices and the account', async () => {
      await addQuests(page, 'A quest of the local log')
      await page.goto(`${site.url}/projects`)
      await page.getByRole('heading', { name: 'No projects yet' }).waitFor()
      await isFine('projects-empty')
      await page.getByRole('main').getByRole('button', { name: 'New project' }).first().click()
      await page.getByRole('dialog').getByRole('textbox').fill('The long road')
      await isFine('new-project')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: 'The long road' }).waitFor()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await isFine('project')
      for (const [path, heading] of [
        ['settings', 'Settings'],
        ['devices', 'Sync and devices'],
        ['sign-in', 'Sign in'],
        ['sign-up', 'Create an account'],
      ] as const) {
        await page.goto(`${site.url}/${path}`)
        await page.getByRole('heading', { level: 1, name: heading }).waitFor()
        await isFine(path)
      }
    })
  },
)

test('axe finds nothing wrong with the offer to merge, a signed-in device and the question before logging out', async () => {
  const first = await (await site.openDevice({ reducedMotion: 'reduce' })).openTab()
  await addQuests(first, 'Of the account')
  const credentials = await signUp(first)
  await untilStatus(first, 'Saved')
  expect(await violations(first)).toEqual([])
  const page = await (await site.openDevice({ reducedMotion: 'reduce' })).openTab()
  await addQuests(page, 'Of this device')
  await signIn(page, credentials)
  await page.getByRole('button', { name: 'Keep them apart' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Keep them apart' }).click()
  await goTo(page, 'Sync and devices')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('dialog').waitFor()
  expect(await violations(page)).toEqual([])
})

test('who wants less motion sees no change move: other colours are there at once', async () => {
  const page = await (await site.openDevice({ reducedMotion: 'reduce', colorScheme: 'light' })).openTab()
  await page.getByRole('heading', { name: /What is your first quest/ }).waitFor()
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
})
