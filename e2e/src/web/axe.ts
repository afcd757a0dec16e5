import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What axe finds wrong, each with the elements it is wrong with; all of its rules in light, those about colours in dark. */
export async function violations(page: Page, picture?: string): Promise<string[]> {
  // A document keeps it until it is loaded again.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const lines: string[] = []
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.evaluate(untilStill)
    for (const { id, nodes } of await find(page, colorScheme === 'dark' ? ['color-contrast'] : undefined)) {
      lines.push(`${id}, ${colorScheme}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
    }
    const folder = process.env.QUESTLOG_SCREENSHOTS
    if (folder && picture) await page.screenshot({ path: `${folder}/${picture}-${colorScheme}.png` })
  }
  return lines
}

/** A colour that still changes is none to judge; one that a parent hands down begins to change when the parent's is there. */
async function untilStill(): Promise<void> {
  const moving = () => document.getAnimations().filter(({ playState }) => playState === 'running')
  while (moving().length > 0) await Promise.allSettled(moving().map(({ finished }) => finished))
}

/** Only what is wrong comes back: all that axe looked at is long. */
function find(page: Page, runOnly?: string[]): Promise<axe.Result[]> {
  return page.evaluate(
    async (options) => (await window.axe.run(document, options)).violations,
    runOnly === undefined ? {} : { runOnly },
  )
}

declare global {
  interface Window {
    axe: typeof axe
  }
}
