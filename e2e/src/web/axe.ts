import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** What axe finds wrong, each with the elements it is wrong with; all of its rules in light, those about colours in dark. */
export async function violations(page: Page, picture?: string): Promise<string[]> {
  const lines: string[] = []
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    // One frame of the page is all there is, so that axe needs no page of its own to finish in.
    const axe = new AxeBuilder({ page }).setLegacyMode()
    const { violations: found } = await (colorScheme === 'dark' ? axe.withRules('color-contrast') : axe).analyze()
    for (const { id, nodes } of found) {
      lines.push(`${id}, ${colorScheme}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
    }
    const folder = process.env.QUESTLOG_SCREENSHOTS
    if (folder && picture) await page.screenshot({ path: `${folder}/${picture}-${colorScheme}.png` })
  }
  return lines
}
