import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { report } from '../measure/report.ts'
import { builtApp, withEmptyPage } from './pages.ts'

interface Sizes {
  readonly files: number
  readonly gzipKb: number
  readonly brotliKb: number
}

/** Weighs the scripts that the page names, which are all that is loaded before its first screen. */
export async function benchFirstJavascript(): Promise<void> {
  const app = await weigh(builtApp)
  const empty = await withEmptyPage(weigh)
  report({
    bench: 'web-javascript: first scripts, gzip',
    value: app.gzipKb,
    unit: 'KB',
    alternative: 'an empty React page',
    alternativeValue: empty.gzipKb,
    budget: { atMost: 200 },
    details: { files: app.files, brotliKb: app.brotliKb, alternativeBrotliKb: empty.brotliKb },
  })
}

/** The entry and what is preloaded with it: Vite lists there every static import, direct or not. */
async function weigh(directory: string): Promise<Sizes> {
  const html = await readFile(join(directory, 'index.html'), 'utf8')
  const names = [...html.matchAll(/<(?:script type="module"|link rel="modulepreload")[^>]*?(?:src|href)="([^"]+)"/g)]
  const scripts = await Promise.all(names.map(([, name = '']) => readFile(join(directory, name))))
  const kb = (compress: (script: Buffer) => Buffer) =>
    scripts.reduce((sum, script) => sum + compress(script).length, 0) / 1_024
  return {
    files: scripts.length,
    gzipKb: kb((script) => gzipSync(script, { level: 9 })),
    brotliKb: kb(brotliCompressSync),
  }
}
