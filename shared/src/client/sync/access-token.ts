import { fromBase64UrlEncoded } from 'lib0/buffer'
import { decodeUtf8 } from 'lib0/string'
import { isMissingOr, isNumber, isShape } from '../../domain/kernel/value-shape.ts'

const isClaims = isShape({ exp: isNumber, iat: isMissingOr(isNumber) })

/** No earlier than this before its end is a token renewed, and no later than at three quarters of its life. */
const RENEW_BEFORE_MS = 60_000

/**
 * When to renew an access token (JWT, RFC 7519), in milliseconds of the server's clock; null when the token
 * does not say when it ends. The signature is the server's business.
 */
export function renewalTimeMs(token: string): number | null {
  const payload = token.split('.')[1]
  if (payload === undefined) return null
  const claims = parseJson(payload)
  if (!isClaims(claims)) return null
  const { exp, iat } = claims
  const lifeMs = iat === undefined ? Number.POSITIVE_INFINITY : (exp - iat) * 1000
  return exp * 1000 - Math.min(RENEW_BEFORE_MS, lifeMs / 4)
}

function parseJson(base64Url: string): unknown {
  try {
    return JSON.parse(decodeUtf8(fromBase64UrlEncoded(base64Url)))
  } catch {
    return null
  }
}
