import { createHmac, timingSafeEqual } from 'node:crypto'

const key = 'one key for both sides of a bench'

/** A token for a user that either side accepts. */
export function signToken(userId: string): string {
  return `${userId}.${signature(userId)}`
}

/** The user of a token, or null: the same work for both sides, so that neither wins by its signatures. */
export function verifyToken(token: string): string | null {
  const [userId = '', given = ''] = token.split('.')
  const expected = Buffer.from(signature(userId))
  const actual = Buffer.from(given)
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? userId : null
}

function signature(userId: string): string {
  return createHmac('sha256', key).update(userId).digest('base64url')
}
