import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
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

/** A page with the web app's service worker and nothing else. */
export interface ShellSite {
  readonly origin: string
  /** Builds the page to show another text, as a new version of the app would be deployed. */
  deploy(text: string): Promise<void>
  /** As if the network were gone: nothing answers any more. */
  stop(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

/** Builds and serves the first version. `/api/v1/count` answers how often it was asked. */
export async function serveShell(text: string): Promise<ShellSite> {
  const root = await mkdtemp(join(tmpdir(), 'questlog-shell-'))
  let port = 0
  let server: Server | null = null
  let count = 0

  async function deploy(shown: string): Promise<void> {
    await writeFile(
      join(root, 'index.html'),
      '<!doctype html><html><head></head><body><h1></h1><script type="module" src="./main.ts"></script></body></html>',
    )
    await writeFile(
      join(root, 'main.ts'),
      `import { registerServiceWorker } from ${JSON.stringify(registerModule)}
       document.querySelector('h1').textContent = ${JSON.stringify(shown)}
       const ready = Promise.withResolvers()
       const update = Promise.withResolvers()
       window.shell = { isOfflineReady: ready.promise, update: update.promise }
       registerServiceWorker({ onUpdateReady: update.resolve, onOfflineReady: ready.resolve })`,
    )
    await build({ root, configFile: false, logLevel: 'error', plugins: [VitePWA(pwaOptions)] })
  }

  async function start(): Promise<void> {
    server = createServer(async (request, response) => {
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
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port was given')
    port = address.port
  }

  async function stop(): Promise<void> {
    if (server === null) return
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    server = null
    await closed
  }

  await deploy(text)
  await start()
  return {
    origin: `http://localhost:${port}`,
    deploy,
    stop,
    start,
    async close() {
      await stop()
      await rm(root, { recursive: true, force: true })
    },
  }
}
