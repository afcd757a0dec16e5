import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'

/** Lets routes have limits of their own, counted in this process, besides what every caller has. */
export async function registerRouteLimits(app: FastifyInstance): Promise<void> {
  await app.register(rateLimit, { global: false, hook: 'onRequest', cache: 20_000 })
}
