import type { FastifyInstance } from 'fastify'

/** What readiness asks; each answers at once or within its own time-out. */
export interface Readiness {
  readonly isDraining: () => boolean
  readonly isSyncHealthy: () => boolean
  readonly databaseAnswers: () => Promise<boolean>
}

/** `/health/live`: the process answers. `/health/ready`: it can take requests and commit edits; 503 otherwise. */
export function healthRoutes(app: FastifyInstance, readiness: Readiness): void {
  app.get('/health/live', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'live' }))

  app.get('/health/ready', async (_request, reply) => {
    const checks = {
      draining: readiness.isDraining(),
      sync: readiness.isSyncHealthy(),
      database: await readiness.databaseAnswers(),
    }
    const ready = !checks.draining && checks.sync && checks.database
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: ready ? 'ready' : 'not-ready', ...checks })
  })
}
