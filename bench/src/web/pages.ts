import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
}

/** Where the built web app lies. */
export const builtApp = fileURLToPath(new URL('../../../web/dist', import.meta.url))

/** Builds a React page with nothing on it, hands its directory to the work and removes it. */
export async function withEmptyPage<Value>(work: (directory: string) => Promise<Value>): Promise<Value> {
  const outDir = await mkdtemp(join(tmpdir(), 'questlog-empty-page-'))
  const root = fileURLToPath(new URL('empty-page', import.meta.url))
  try {
    await build({ root, configFile: false, logLevel: 'error', build: { outDir, emptyOutDir: true } })
    return await work(outDir)
  } finally {
    await rm(outDir, { recursive: true, force: true })
  }
}

/** A web server for files; `close` is the network going away. */
export interface Site {
  readonly origin: string
  close(): Promise<void>
}

/** Serves a built page, without compression and without the service of anything else. */
export async function serve(directory: string): Promise<Site> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const file = join(directory, path === '/' ? 'index.html' : path)
    try {
      const body = await readFile(file)
      response.writeHead(200, { 'content-type': contentTypes[extname(file)] ?? 'application/octet-stream' })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the page has no port')
  return {
    // Service workers need a secure origin, which localhost counts as.
    origin: `http://localhost:${address.port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
