import axe from 'axe-core'

/** What axe finds wrong on screen, each with its elements. Contrast is left to a real browser: nothing has a colour here. */
export async function violations(): Promise<readonly string[]> {
  // Axe takes what keeps the focus inside a dialog for a fault where a dialog has no size.
  const context = { include: document.body, exclude: ['[data-headlessui-focus-guard]'] }
  const { violations: found } = await axe.run(context, { rules: { 'color-contrast': { enabled: false } } })
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
}
