import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

/** What an idempotency key is made of. */
export const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/

/** The request's `Idempotency-Key`, if it has one. */
export function readIdempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key']
  return typeof key === 'string' ? key : undefined
}

/** What makes two requests the same: the method, the address and the body as it was understood. */
export function fingerprintOf(request: FastifyRequest): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([request.method, request.url, request.body ?? null]))
    .digest()
}
