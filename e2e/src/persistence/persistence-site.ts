import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import type { PersistencePage } from '../../../web/src/browser/testing/persistence-page.ts'

declare global {
  interface Window {
    persistence: PersistencePage
  }
}

const entry = fileURLToPath(new URL('../../../web/src/browser/testing/persistence-page.ts', import.meta.url))

/** A page with the browser's persistence and nothing else, on an origin of its own. */
export interface PersistenceSite {
  readonly origin: string
  openTab(context: BrowserContext): Promise<Page>
  close(): Promise<void>
}

let bundled: Promise<string> | undefined

/** Bundles the web app's persistence as it is shipped and serves it. */
export async function servePersistence(): Promise<PersistenceSite> {
  bundled ??= bundle()
  const script = await bundled
  const server = createServer((request, response) => {
    if (request.url === '/page.js') response.setHeader('content-type', 'text/javascript').end(script)
    else
      response.setHeader('content-type', 'text/html').end('<!doctype html><script type=module src=/page.js></script>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  const origin = `http://localhost:${address.port}`
  return {
    origin,
    async openTab(context) {
      const page = await context.newPage()
      await page.goto(origin)
      return page
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['es'], fileName: 'page' } },
  })
  const outputs = Array.isArray(result) ? result : [result]
  const chunk = outputs.flatMap((output) => ('output' in output ? output.output : []))[0]
  if (chunk?.type !== 'chunk') throw new Error('the bundle has no script')
  return chunk.code
}
