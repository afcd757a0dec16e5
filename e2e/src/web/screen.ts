import type { Locator, Page } from 'playwright-core'

/** The field on a page of quests that becomes a quest on Enter. */
export function quickAdd(page: Page): Locator {
  return page.getByRole('textbox', { name: /^Add a quest/ })
}

/** A quest's title in the list on screen. */
export function quest(page: Page, title: string): Locator {
  return page.getByRole('main').getByRole('listitem').getByRole('link', { name: title, exact: true })
}

/** A quest's line in the list on screen. */
export function row(page: Page, title: string): Locator {
  return page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: title, exact: true }) })
}

/** The checkbox of a quest in the list on screen. */
export function checkbox(page: Page, title: string): Locator {
  return page.getByRole('main').getByRole('checkbox', { name: `Complete ${title}`, exact: true })
}

/** The editor of the open quest. */
export function editor(page: Page): Locator {
  return page.getByLabel('Quest details').first()
}

/** The notes of the open quest. */
export function notes(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Notes' })
}

/** Where the log's edits are, as the person reads it. */
export function status(page: Page): Locator {
  return page.getByRole('link', { name: /^Sync: / })
}

/** Resolves when the status says exactly this. */
export async function untilStatus(page: Page, text: string): Promise<void> {
  await page.getByRole('link', { name: `Sync: ${text}`, exact: true }).waitFor()
}

/** Writes quests as a person does, one after the other. */
export async function addQuests(page: Page, ...titles: readonly string[]): Promise<void> {
  for (const title of titles) {
    await quickAdd(page).fill(title)
    await quickAdd(page).press('Enter')
    await quest(page, title).waitFor()
  }
}

/** Writes quests without waiting to see them: in a long list they land below what is on screen. */
export async function writeQuests(page: Page, titles: readonly string[]): Promise<void> {
  for (const title of titles) {
    await quickAdd(page).fill(title)
    await quickAdd(page).press('Enter')
  }
}

/** Pastes many titles at once: one quest each. */
export async function pasteQuests(page: Page, titles: readonly string[]): Promise<void> {
  await quickAdd(page).evaluate((field, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, titles.join('\n'))
}

/** Gives a quest another title in its editor, and closes it. */
export async function retitle(page: Page, from: string, to: string): Promise<void> {
  await quest(page, from).click()
  const title = editor(page).getByRole('textbox', { name: 'Title', exact: true })
  await title.fill(to)
  await title.press('Enter')
  await closeEditor(page)
  await quest(page, to).waitFor()
}

/** Closes the open quest's editor. */
export async function closeEditor(page: Page): Promise<void> {
  await editor(page)
    .getByRole('button', { name: /^Close/ })
    .click()
  await editor(page).waitFor({ state: 'detached' })
}

/** Goes to another page of the app without reloading it. */
export async function goTo(
  page: Page,
  name: 'Inbox' | 'Today' | 'Activity' | 'Trash' | 'Sync and devices' | 'Settings',
): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** Has the app kept on the device, so that it opens without the server. No device keeps it before. */
export async function untilInstalled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    window.keepShell()
    await navigator.serviceWorker.ready
  })
}
