import type { Page } from 'playwright-core'

declare global {
  interface Window {
    statusHistory: { readonly status: string; readonly quests: number }[]
  }
}

/** From now on every status the person is shown is remembered, with the number of quests shown beside it. */
export async function watchStatus(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.statusHistory = []
    const look = () => {
      const status = document.querySelector('[data-sync]')?.textContent
      if (!status) return
      const quests = Number.parseInt(document.querySelector('header h1 + p')?.textContent ?? '0', 10) || 0
      const last = window.statusHistory.at(-1)
      if (last?.status !== status || last.quests !== quests) window.statusHistory.push({ status, quests })
    }
    look()
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}

/** What was shown since `watchStatus`, in order: the status in words. */
export async function statusesOf(page: Page): Promise<string[]> {
  return page.evaluate(() => window.statusHistory.map(({ status }) => status))
}

/** The most quests shown at a moment when all of them were called saved. */
export async function questsCalledSaved(page: Page): Promise<number> {
  return page.evaluate(() =>
    window.statusHistory.reduce((most, { status, quests }) => (status === 'Saved' ? Math.max(most, quests) : most), 0),
  )
}

/** The fewest quests shown at a moment when all edits were called saved; infinity if that never was. */
export async function fewestQuestsCalledSaved(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.min(...window.statusHistory.flatMap(({ status, quests }) => (status === 'Saved' ? [quests] : []))),
  )
}
