import type { FastifyRequest } from 'fastify'

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/

/**
 * The origin people reach this server by: the configured one, or on the machine itself the one asked for. Null
 * otherwise, since anybody can write any host into a request.
 */
export function ownOrigin(request: FastifyRequest, publicUrl: string | undefined): string | null {
  if (publicUrl !== undefined) return publicUrl
  const url = URL.parse(`${request.protocol}://${request.host}`)
  return url !== null && LOOPBACK.test(url.hostname) ? url.origin : null
}

/**
 * A path of the app that a browser may be sent to, in its normal spelling; null for anything that leads, or could be
 * read as leading, to another origin.
 */
export function appPath(wanted: string | undefined): string | null {
  if (wanted === undefined) return '/'
  const base = 'http://own.invalid'
  // Browsers take a backslash for a slash and drop tabs and line breaks.
  if (!wanted.startsWith('/') || /[\\\p{Cc}]/u.test(wanted)) return null
  const url = URL.parse(wanted, base)
  if (url === null || url.origin !== base || url.pathname.startsWith('//')) return null
  return `${url.pathname}${url.search}`
}
