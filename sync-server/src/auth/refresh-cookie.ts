import type { FastifyReply, FastifyRequest } from 'fastify'
import { HttpProblem } from '../http/http-problem.ts'

const PATH = '/api/v1/auth'

export interface RefreshCookie {
  read(request: FastifyRequest): string | undefined
  write(request: FastifyRequest, reply: FastifyReply, token: string): void
  clear(request: FastifyRequest, reply: FastifyReply): void
  /** Whether cookies of this request travel over https alone. */
  isSecure(request: FastifyRequest): boolean
  /**
   * Refuses requests that another site made the browser send. SameSite=Strict already keeps the cookie from them;
   * this also covers sibling subdomains, which count as the same site.
   */
  refuseCrossSite(request: FastifyRequest): void
}

/**
 * The browser's refresh token: out of reach of scripts and other sites. Over https its name has the prefix `__Host-`,
 * so that no sibling subdomain can plant one of its own account; that prefix asks for the path `/`.
 */
export function createRefreshCookie(options: {
  readonly lifeMs: number
  readonly publicUrl: string | undefined
  /** Other origins whose pages may use the cookie, where the browser sends it to them at all. */
  readonly corsOrigins: readonly string[]
}): RefreshCookie {
  const isSecure = (request: FastifyRequest) =>
    request.protocol === 'https' || options.publicUrl?.startsWith('https:') === true
  const nameOf = (request: FastifyRequest) => (isSecure(request) ? '__Host-questlog_refresh' : 'questlog_refresh')
  const attributes = (request: FastifyRequest) => ({
    path: isSecure(request) ? '/' : PATH,
    httpOnly: true,
    sameSite: 'strict' as const,
    secure: isSecure(request),
  })
  return {
    isSecure,
    read: (request) => request.cookies[nameOf(request)],
    write(request, reply, token) {
      const maxAge = Math.floor(options.lifeMs / 1000)
      void reply.setCookie(nameOf(request), token, { ...attributes(request), maxAge })
    },
    clear(request, reply) {
      void reply.clearCookie(nameOf(request), attributes(request))
    },
    refuseCrossSite(request) {
      const fetchSite = request.headers['sec-fetch-site']
      if (fetchSite === 'same-origin' || fetchSite === 'none') return
      const { origin } = request.headers
      if (origin !== undefined && options.corsOrigins.includes(origin)) return
      if (fetchSite === undefined && (origin === undefined || isOwn(origin, request))) return
      throw new HttpProblem('cross-site')
    },
  }

  function isOwn(origin: string, request: FastifyRequest): boolean {
    // A proxy may put its own idea of the host into the request.
    return origin === options.publicUrl || URL.parse(origin)?.host === request.host
  }
}
