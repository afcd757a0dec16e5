import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { launchBrowser } from '../e2e/src/browser.ts'

const publicFile = (name: string) => fileURLToPath(new URL(`../web/public/${name}`, import.meta.url))

// A maskable icon is cut to any shape by the system: the mark keeps to the inner circle, the ground fills the square.
const icons = [
  { name: 'icon-192.png', size: 192, isMaskable: false },
  { name: 'icon-512.png', size: 512, isMaskable: false },
  { name: 'icon-maskable-512.png', size: 512, isMaskable: true },
]

/** Draws the PNG icons from `web/public/icon.svg`; run by hand after a change to it. */
async function drawIcons(): Promise<void> {
  const svg = await readFile(publicFile('icon.svg'), 'utf8')
  const ground = /<rect[^>]*fill="(#[0-9a-f]+)"/.exec(svg)?.[1]
  if (ground === undefined) throw new Error('the icon has no ground to fill a mask with')
  const launched = await launchBrowser()
  try {
    const page = await launched.context.newPage()
    for (const { name, size, isMaskable } of icons) {
      await page.setViewportSize({ width: size, height: size })
      const scale = isMaskable ? 0.8 : 1
      await page.setContent(
        `<body style="margin:0;display:grid;place-items:center;height:100vh;${isMaskable ? `background:${ground}` : ''}">` +
          `<div style="width:${size * scale}px;height:${size * scale}px">${svg}</div>`,
      )
      await writeFile(publicFile(name), await page.screenshot({ omitBackground: true }))
    }
  } finally {
    await launched.close()
  }
}

await drawIcons()
