import type { FastifyInstance } from 'fastify'

/**
 * Says once in the log that requests come with forwarded headers while nobody has said whose to believe: behind a proxy
 * all people then share one address, and one limit.
 */
export function warnOfProxy(app: FastifyInstance, trustProxy: unknown): void {
  if (trustProxy !== undefined) return
  let isTold = false
  app.addHook('onRequest', async ({ headers }) => {
    if (isTold || (headers['x-forwarded-for'] === undefined && headers.forwarded === undefined)) return
    isTold = true
    app.log.warn(
      'A request came with forwarded headers, and TRUST_PROXY is not set, so they are not believed. Behind a proxy set it, ' +
        'or all people count as one address and share one rate limit; the proxy must send X-Forwarded-For. Without a proxy ' +
        'set TRUST_PROXY=false, and this is not said again.',
    )
  })
}
