import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

const MAX_AGE_SECONDS = 10 * 60

/** Ties a sign-in to the browser that began it: nobody else can be made to finish it, nor to link their account by it. */
export interface BrowserBinding {
  /** Marks the browser, keeping its mark if it has one: several tabs may sign in at the same time. */
  bind(request: FastifyRequest, reply: FastifyReply): string
  /** Whether a request comes from the browser that was marked so. */
  isSame(request: FastifyRequest, bound: string): boolean
}

/**
 * The mark is a cookie that comes along when the provider sends the browser back (`SameSite=Lax`). Over https its name
 * has the prefix `__Host-`, so that no sibling subdomain can plant one.
 */
export function createBrowserBinding(publicUrl: string | undefined): BrowserBinding {
  const isSecure = (request: FastifyRequest) => request.protocol === 'https' || publicUrl?.startsWith('https:') === true
  const nameOf = (request: FastifyRequest) => (isSecure(request) ? '__Host-questlog_provider' : 'questlog_provider')
  return {
    bind(request, reply) {
      const present = request.cookies[nameOf(request)]
      const mark =
        present !== undefined && /^[\w-]{43}$/.test(present) ? present : randomBytes(32).toString('base64url')
      void reply.setCookie(nameOf(request), mark, {
        path: isSecure(request) ? '/' : '/api/v1/auth/oidc',
        httpOnly: true,
        sameSite: 'lax',
        secure: isSecure(request),
        maxAge: MAX_AGE_SECONDS,
      })
      return hashOf(mark).toString('base64url')
    },
    isSame(request, bound) {
      const mark = request.cookies[nameOf(request)]
      return mark !== undefined && timingSafeEqual(hashOf(mark), Buffer.from(bound, 'base64url'))
    },
  }
}

function hashOf(mark: string): Buffer {
  return createHash('sha256').update(mark).digest()
}
