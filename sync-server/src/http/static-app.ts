import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { RefuseMethod } from './allowed-methods.ts'
import { sendProblem } from './answer-problems.ts'

const OWN_PATHS = /^\/(api|sync|health|metrics|\.well-known)(\/|$)/

/** Serves the built web app. Pages the app routes itself get its index; everything unknown is a problem document. */
export async function serveApp(app: FastifyInstance, webDist: string, refuseMethod: RefuseMethod): Promise<void> {
  const built = existsSync(join(webDist, 'index.html'))
  if (built) {
    await app.register(fastifyStatic, {
      root: webDist,
      cacheControl: false,
      setHeaders(reply, path) {
        // Only what the bundler named by its content may be kept; the index and the service worker decide updates.
        const named = path.startsWith(join(webDist, 'assets'))
        void reply.header('cache-control', named ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  } else {
    app.log.warn({ webDist }, 'the web app is not built: only the API is served')
  }
  app.setNotFoundHandler((request, reply) => {
    if (built && isPage(request)) return reply.sendFile('index.html')
    return refuseMethod(request, reply) ? reply : sendProblem(request, reply, 'not-found')
  })
}

function isPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  const path = request.url.split('?', 1)[0] ?? '/'
  return !OWN_PATHS.test(path) && extname(path) === ''
}
