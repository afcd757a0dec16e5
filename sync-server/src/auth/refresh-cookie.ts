import type { FastifyReply, FastifyRequest } from 'fastify'
import { HttpProblem } from '../http/http-problem.ts'

const COOKIE = 'questlog_refresh'
const PATH = '/api/v1/auth'

export interface RefreshCookie {
  read(request: FastifyRequest): string | undefined
  write(request: FastifyRequest, reply: FastifyReply, token: string): void
  clear(request: FastifyRequest, reply: FastifyReply): void
}

/** The browser's refresh token: out of reach of scripts and other sites, sent to the account routes only. */
export function createRefreshCookie(options: {
  readonly lifeMs: number
  readonly publicUrl: string | undefined
}): RefreshCookie {
  const attributes = (request: FastifyRequest) => ({
    path: PATH,
    httpOnly: true,
    sameSite: 'strict' as const,
    secure: request.protocol === 'https' || options.publicUrl?.startsWith('https:') === true,
  })
  return {
    read: (request) => request.cookies[COOKIE],
    write(request, reply, token) {
      void reply.setCookie(COOKIE, token, { ...attributes(request), maxAge: Math.floor(options.lifeMs / 1000) })
    },
    clear(request, reply) {
      void reply.clearCookie(COOKIE, attributes(request))
    },
  }
}

/**
 * Refuses requests that another site made the browser send. SameSite=Strict already keeps the cookie from them;
 * this also covers sibling subdomains, which count as the same site.
 */
export function refuseCrossSite(request: FastifyRequest): void {
  const fetchSite = request.headers['sec-fetch-site']
  if (fetchSite !== undefined) {
    if (fetchSite === 'same-origin' || fetchSite === 'none') return
    throw new HttpProblem('cross-site')
  }
  const { origin } = request.headers
  if (origin === undefined) return
  if (!URL.canParse(origin) || new URL(origin).host !== request.host) throw new HttpProblem('cross-site')
}
