import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { addQuests, quest } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

const bar = (page: Page) => page.getByRole('region', { name: 'Selected quests' })

test('what is refused in a dialog is said where it can be seen and heard while the dialog is open', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'First')
  await quest(page, 'First').focus()
  await page.keyboard.press('t')
  await page.getByRole('dialog').getByRole('combobox').fill('tag '.repeat(50))
  await page.getByRole('option').click()
  const toast = page.getByRole('alert').filter({ hasText: 'That value does not fit.' })
  // Pointed at, it stays.
  await toast.getByText('That value does not fit.').hover()
  await quest(page, 'First').focus()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await toast.getByRole('button', { name: 'Dismiss message' }).click()
  await toast.waitFor({ state: 'detached' })
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
})

test('on a phone a finger that rests on a quest selects it, further taps select more instead of opening them, and the palette opens from More with the focus in its field', async () => {
  const device = await site.openDevice({ viewport: { width: 390, height: 844 }, hasTouch: true })
  const page = await device.openTab()
  await addQuests(page, 'First', 'Second')
  const box = await quest(page, 'First').boundingBox()
  const touch = await device.context.newCDPSession(page)
  const touchPoints = [{ x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 10 }]
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
  await bar(page).getByText('1 selected').waitFor()
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await quest(page, 'Second').tap()
  await bar(page).getByText('2 selected').waitFor()
  expect(new URL(page.url()).search).toBe('')
  await bar(page).getByRole('button', { name: 'Clear selection' }).tap()
  await bar(page).waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'More', exact: true }).tap()
  await page.getByRole('button', { name: 'Find or do…' }).tap()
  const field = page.getByRole('combobox', { name: 'Actions and quests' })
  await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true)
  await page.keyboard.press('Escape')
  await field.waitFor({ state: 'detached' })
})
