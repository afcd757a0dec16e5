import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/**
 * Headers for the app and the API. Scripts come from this origin only. Styles may be inline because CodeMirror and
 * the virtualised list write style elements and attributes while running.
 */
export async function registerSecurityHeaders(app: FastifyInstance, publicUrl: string | undefined): Promise<void> {
  const https = publicUrl?.startsWith('https:') === true
  // A proxy may put its own idea of the host into the request, so the public address is named besides.
  const ownSocket = publicUrl === undefined ? [] : [publicUrl.replace(/^http/, 'ws')]
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        // Older Safari and Firefox do not count the socket of the same host as 'self'.
        connectSrc: ["'self'", (request) => socketSources(request.headers.host), ...ownSocket],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
    // Browsers complain of it where a page came by plain http.
    crossOriginOpenerPolicy: https ? { policy: 'same-origin' } : false,
  })
}

// Whether the page came by https is the proxy's knowledge; the host is the same in both.
function socketSources(host = ''): string {
  return /^[\w.:[\]-]+$/.test(host) ? `ws://${host} wss://${host}` : "'self'"
}
