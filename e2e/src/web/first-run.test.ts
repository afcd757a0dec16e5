import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { addQuests, checkbox, editor, goTo, notes, quest, quickAdd, row, status } from './screen.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(() => expect(site.takeFaults()).toEqual([]))
afterAll(() => site.close())

test('whose browser refuses to keep the log is told so once, after the first quest', async () => {
  const page = await (await site.openDevice({ isNew: true })).openTab()
  const warning = page.getByText('Your browser does not promise to keep your log.')
  await quickAdd(page).waitFor()
  expect(await page.evaluate(() => navigator.storage.persisted())).toBe(false)
  expect(await warning.count()).toBe(0)
  await addQuests(page, 'May be lost')
  await warning.waitFor()
  await page.getByRole('button', { name: 'Create an account' }).waitFor()
  await page.getByRole('button', { name: 'Dismiss message' }).click()
  await warning.waitFor({ state: 'detached' })
  await page.reload()
  await addQuests(page, 'Not said again')
  // By now the browser has answered once more, and the texts are there.
  await page.evaluate(() => navigator.storage.persist())
  await goTo(page, 'Settings')
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 5_000 })))
  expect(await warning.count()).toBe(0)
})

test('from an empty local log on, everything is done with the keyboard alone, and all of it survives a reload', async () => {
  const page = await (await site.openDevice()).openTab()
  const { keyboard } = page
  await page.getByRole('heading', { name: /What is your first quest/ }).waitFor()
  await expect.poll(() => quickAdd(page).evaluate((field) => field === document.activeElement)).toBe(true)
  for (const title of ['First', 'Second', 'Third']) {
    await keyboard.type(title)
    await keyboard.press('Enter')
  }
  await quest(page, 'Third').waitFor()
  await expect.poll(() => status(page).textContent()).toBe('On this device')

  // Out of the field, down to the second row, and that one to the top.
  await keyboard.press('Escape')
  await keyboard.press('k')
  await keyboard.press('Alt+ArrowUp')
  await expect
    .poll(() => page.getByRole('listitem').getByRole('link').allTextContents())
    .toEqual(['Second', 'First', 'Third'])

  await keyboard.press('Enter')
  await editor(page).waitFor()
  await keyboard.press('e')
  const title = editor(page).getByRole('textbox', { name: 'Title', exact: true })
  await expect.poll(() => title.evaluate((field) => field === document.activeElement)).toBe(true)
  await keyboard.press('Control+a')
  await keyboard.type('Second, renamed')
  await keyboard.press('Enter')
  await quest(page, 'Second, renamed').waitFor()
  await keyboard.press('Escape')

  await keyboard.press('1')
  await row(page, 'Second, renamed').getByText('P1 Urgent').waitFor()
  await keyboard.press('d')
  await page.getByRole('dialog', { name: 'Due' }).waitFor()
  await keyboard.type('2099-01-31')
  await page.getByRole('option', { name: /2099/ }).first().waitFor()
  await keyboard.press('Enter')
  await row(page, 'Second, renamed').getByText(/2099/).waitFor()

  await tabTo('Add a step')
  await keyboard.type('Sharpen the sword')
  await keyboard.press('Enter')
  await editor(page).getByRole('checkbox', { name: 'Step done: Sharpen the sword' }).waitFor()
  await tabTo('Notes')
  await keyboard.type('- Bring **rope**')
  await keyboard.press('Enter')
  await keyboard.type('lamp')
  await expect
    .poll(() => editor(page).getByRole('textbox', { name: 'Notes' }).textContent())
    .toBe('- Bring **rope**- lamp')
  await keyboard.press('Escape')
  await keyboard.press('Escape')
  await editor(page).waitFor({ state: 'detached' })

  await keyboard.press('c')
  await page.getByRole('button', { name: /^Done/, expanded: false }).waitFor()
  await quest(page, 'Second, renamed').waitFor({ state: 'detached' })
  await keyboard.press('Control+z')
  await quest(page, 'Second, renamed').waitFor()
  await keyboard.press('Control+Shift+z')
  await quest(page, 'Second, renamed').waitFor({ state: 'detached' })
  await keyboard.press('Control+z')
  await expect.poll(() => checkbox(page, 'Second, renamed').getAttribute('aria-checked')).toBe('false')

  // What was brought back is in hand, so that the next key acts on it.
  const isInHand = (title: string) => quest(page, title).evaluate((link) => link === document.activeElement)
  await expect.poll(() => isInHand('Second, renamed')).toBe(true)
  await keyboard.press('j')
  await expect.poll(() => isInHand('First')).toBe(true)
  const first = quest(page, 'First')
  await keyboard.press('Delete')
  await first.waitFor({ state: 'detached' })
  await keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Actions and quests' }).waitFor()
  await keyboard.type('trash')
  await keyboard.press('ArrowDown')
  await page.getByRole('option', { name: 'Go to Trash' }).waitFor()
  await choose('Go to Trash')
  await page.getByRole('heading', { level: 1, name: 'Trash' }).waitFor()
  await tabTo('Restore First')
  await keyboard.press('Enter')
  await page.getByRole('heading', { name: 'The Trash is empty' }).waitFor()
  await keyboard.press('g')
  await keyboard.press('i')
  await quest(page, 'First').waitFor()
  await page.locator('[aria-live=polite]').getByText('Inbox', { exact: true }).waitFor({ state: 'attached' })
  await keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).getByText('Complete or reopen').waitFor()
  await keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.reload()
  await row(page, 'Second, renamed').getByText(/2099/).waitFor()
  await expect
    .poll(() => page.getByRole('main').getByRole('listitem').getByRole('link').allTextContents())
    .toEqual(['Second, renamed', 'First', 'Third'])
  await keyboard.press('j')
  await keyboard.press('Enter')
  await notes(page).getByText('Bring **rope**').waitFor()
  await editor(page).getByRole('checkbox', { name: 'Step done: Sharpen the sword' }).waitFor()

  /** Presses Tab, and nothing else, until the focus is on the element of this name. */
  async function tabTo(name: string): Promise<void> {
    for (let presses = 0; presses < 80; presses++) {
      const focused = await page.evaluate(() => {
        const { activeElement } = document
        const label = activeElement instanceof HTMLInputElement ? activeElement.labels?.[0]?.textContent : undefined
        return activeElement?.getAttribute('aria-label') ?? label ?? activeElement?.textContent
      })
      if (focused === name) return
      await keyboard.press('Tab')
    }
    throw new Error(`Tab never reached "${name}"`)
  }
  /** Moves down the options of the open list until this one is the chosen one, and takes it. */
  async function choose(name: string): Promise<void> {
    const chosen = page.locator('[role="option"][data-focus]')
    for (let presses = 0; presses < 20; presses++) {
      if ((await chosen.textContent())?.startsWith(name)) break
      await keyboard.press('ArrowDown')
    }
    await keyboard.press('Enter')
  }
})

test('a reload keeps compact lists compact, and what is half typed until it is a quest', async () => {
  const page = await (await site.openDevice()).openTab()
  await addQuests(page, 'First', 'Second')
  const height = async () => (await row(page, 'First').boundingBox())?.height ?? 0
  const comfortable = await height()
  await quickAdd(page).fill('Half a thou')
  await goTo(page, 'Settings')
  await page.getByText('Compact', { exact: true }).click()
  for (const open of [() => goTo(page, 'Inbox'), () => page.reload()]) {
    await open()
    await quest(page, 'First').waitFor()
    await expect.poll(height).toBe(comfortable - 6)
    expect(await quickAdd(page).inputValue()).toBe('Half a thou')
  }
  await quickAdd(page).press('Enter')
  await quest(page, 'Half a thou').waitFor()
  await page.reload()
  expect(await quickAdd(page).inputValue()).toBe('')
})

test('the focus goes to the field of a project that was just made', async () => {
  const page = await (await site.openDevice()).openTab()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Projects' }).click()
  await page.getByRole('main').getByRole('button', { name: 'New project' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Garden')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByRole('heading', { level: 1, name: 'Garden' }).waitFor()
  await expect.poll(() => quickAdd(page).evaluate((field) => field === document.activeElement)).toBe(true)
})
