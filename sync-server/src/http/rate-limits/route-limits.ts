import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { windowStores } from './window-store.ts'

// What is left is said in the fields of the IETF draft, for the limit every caller has.
const addHeadersOnExceeding = {
  'x-ratelimit-limit': false,
  'x-ratelimit-remaining': false,
  'x-ratelimit-reset': false,
}
const addHeaders = { ...addHeadersOnExceeding, 'retry-after': true }

/** Lets routes have limits of their own, counted in this process, besides what every caller has. */
export async function registerRouteLimits(app: FastifyInstance, monotonicMs: () => number): Promise<void> {
  const store = windowStores(monotonicMs)
  await app.register(rateLimit, { global: false, hook: 'onRequest', store, addHeaders, addHeadersOnExceeding })
}
