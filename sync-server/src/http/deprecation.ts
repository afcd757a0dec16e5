import type { FastifyInstance, RouteOptions } from 'fastify'

/** That a route goes away: since when it should not be used (RFC 9745), from when it may fail (RFC 8594), and why. */
export interface RouteDeprecation {
  /** A date, as `2027-01-31`. */
  readonly since: string
  readonly sunset: string
  /** Where it is explained. */
  readonly link: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly deprecated?: RouteDeprecation
  }
}

/** Has routes whose config says so announce their end in every answer and in the OpenAPI document. */
export function announceDeprecations(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const deprecated = route.config?.deprecated
    if (deprecated === undefined) return
    const headers = deprecationHeaders(deprecated)
    route.schema = { ...route.schema, deprecated: true }
    route.onRequest = [async (_request, reply) => void reply.headers(headers), ...hooksOf(route)]
  })
}

function deprecationHeaders({ since, sunset, link }: RouteDeprecation): Readonly<Record<string, string>> {
  return {
    deprecation: `@${Date.parse(since) / 1000}`,
    sunset: new Date(sunset).toUTCString(),
    link: `<${link}>; rel="deprecation"; type="text/html"`,
  }
}

function hooksOf({ onRequest }: RouteOptions) {
  if (onRequest === undefined) return []
  return Array.isArray(onRequest) ? onRequest : [onRequest]
}
