import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'

/** Presses a button that hands the log over, and reads the file. */
export async function downloadFrom(
  page: Page,
  button: Locator,
): Promise<{ readonly log: unknown; readonly name: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  return { log: JSON.parse(await readFile(await download.path(), 'utf8')), name: download.suggestedFilename() }
}
