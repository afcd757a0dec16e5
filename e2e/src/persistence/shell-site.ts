import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { pwaOptions } from '../../../web/src/pwa/pwa-options.ts'

const registerModule = fileURLToPath(new URL('../../../web/src/pwa/register-service-worker.ts', import.meta.url))
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.webmanifest': 'application/manifest+json',
}

declare global {
  interface Window {
    shell: {
      readonly isOfflineReady: Promise<void>
      readonly update: Promise<() => void>
    }
  }
}

/** One version of a page with the web app's service worker and nothing else, built. */
export interface ShellVersion {
  readonly root: string
  remove(): Promise<void>
}

/** Serves a version of the page on an origin of its own. `/api/v1/count` answers how often it was asked. */
export interface ShellSite {
  readonly origin: string
  /** Serves another version from now on, as a new version of the app would be deployed. */
  deploy(version: ShellVersion): void
  /** As if the network were gone: nothing answers any more. */
  stop(): Promise<void>
}

/** Builds the page to show a text. */
export async function buildShell(text: string): Promise<ShellVersion> {
  const root = await mkdtemp(join(tmpdir(), 'questlog-shell-'))
  await writeFile(
    join(root, 'index.html'),
    '<!doctype html><html><head></head><body><h1></h1><script type="module" src="./main.ts"></script></body></html>',
  )
  await writeFile(
    join(root, 'main.ts'),
    `import { registerServiceWorker } from ${JSON.stringify(registerModule)}
       document.querySelector('h1').textContent = ${JSON.stringify(text)}
       const ready = Promise.withResolvers()
       const update = Promise.withResolvers()
       window.shell = { isOfflineReady: ready.promise, update: update.promise }
       registerServiceWorker({ onUpdateReady: update.resolve, onOfflineReady: ready.resolve })`,
  )
  await build({ root, configFile: false, logLevel: 'error', plugins: [VitePWA(pwaOptions)] })
  return { root, remove: () => rm(root, { recursive: true, force: true }) }
}

/** Starts to serve a version. */
export async function serveShell(first: ShellVersion): Promise<ShellSite> {
  let { root } = first
  let count = 0
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (path === '/api/v1/count') {
      count += 1
      response.end(`${count}`)
      return
    }
    try {
      const file = path === '/' ? '/index.html' : path
      const body = await readFile(join(root, 'dist', file))
      response.setHeader('content-type', contentTypes[extname(file)] ?? 'application/octet-stream').end(body)
    } catch {
      response.writeHead(404).end('not found')
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return {
    origin: `http://localhost:${address.port}`,
    deploy(version) {
      root = version.root
    },
    async stop() {
      if (!server.listening) return
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
