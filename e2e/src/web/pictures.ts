import type { Page } from 'playwright-core'

const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

/** Takes the screen wide and narrow, light and dark, into the folder `QUESTLOG_SCREENSHOTS` names; nothing without one. */
export async function takePictures(page: Page, name: string): Promise<void> {
  const folder = process.env.QUESTLOG_SCREENSHOTS
  if (!folder) return
  const before = page.viewportSize()
  for (const viewport of widths) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.screenshot({ path: `${folder}/${name}-${viewport.width}-${colorScheme}.png` })
    }
  }
  if (before !== null) await page.setViewportSize(before)
}
