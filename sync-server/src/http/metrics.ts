import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { answeredProblem } from './answer-problems.ts'
import type { SetAsideCounts } from './health.ts'

/** Serves `/metrics` for Prometheus. Labels are route patterns, status classes and problem codes, so their number is bounded. */
export function metricsRoute(
  app: FastifyInstance,
  syncStats: () => Readonly<Record<string, number>>,
  countSetAside: () => Promise<SetAsideCounts | null>,
): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'questlog_http_request_seconds',
    help: 'How long requests took, by route pattern and status class.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  })
  const refusals = new Counter({
    name: 'questlog_http_problems_total',
    help: 'How many requests were answered with a problem document, by route pattern and problem code.',
    labelNames: ['method', 'route', 'code'],
    registers: [registry],
  })
  new Gauge({
    name: 'questlog_sync',
    help: 'What the sync core holds now, by kind.',
    labelNames: ['kind'],
    registers: [registry],
    collect() {
      for (const [kind, value] of Object.entries(syncStats())) this.set({ kind }, value)
    },
  })
  new Gauge({
    name: 'questlog_set_aside',
    help: 'Changes that could not be read and are set aside, and how many documents they are of.',
    labelNames: ['kind'],
    registers: [registry],
    async collect() {
      const counts = await countSetAside()
      this.reset()
      for (const [kind, value] of Object.entries(counts ?? {})) this.set({ kind }, value)
    },
  })

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const status = `${Math.floor(reply.statusCode / 100)}xx`
    durations.observe({ method: request.method, route, status }, reply.elapsedTime / 1000)
    const code = answeredProblem(request)
    if (code !== undefined) refusals.inc({ method: request.method, route, code })
  })
  app.get('/metrics', async (_request, reply) =>
    reply
      .header('cache-control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics()),
  )
}

/** Nested counts as one level: `refusals.role` becomes `refusals_role`. */
export function flattenStats(stats: object): Readonly<Record<string, number>> {
  const flat: Record<string, number> = {}
  for (const [kind, value] of Object.entries(stats)) {
    if (typeof value === 'number') flat[kind] = value
    else if (typeof value === 'object' && value !== null) {
      for (const [inner, count] of Object.entries(value))
        if (typeof count === 'number') flat[`${kind}_${inner}`] = count
    }
  }
  return flat
}
