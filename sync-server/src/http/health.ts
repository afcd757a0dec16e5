import type { FastifyInstance } from 'fastify'

/** How much of all logs is set aside, and of how many documents; a snapshot that another one replaced counts too. */
export interface SetAsideCounts {
  readonly changes: number
  readonly documents: number
}

/** What readiness asks; each answers at once or within its own time-out. */
export interface Readiness {
  readonly isDraining: () => boolean
  readonly isSyncHealthy: () => boolean
  readonly databaseAnswers: () => Promise<boolean>
  /** Null where the database does not answer. */
  readonly countSetAside: () => Promise<SetAsideCounts | null>
}

/**
 * `/health/live`: the process answers. `/health/ready`: it can take requests and commit edits; 503 otherwise. Documents
 * with parts set aside make it `degraded` but still ready: all else is served, and every other server would say the
 * same.
 */
export function healthRoutes(app: FastifyInstance, readiness: Readiness): void {
  app.get('/health/live', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'live' }))

  app.get('/health/ready', async (_request, reply) => {
    const [database, setAside] = await Promise.all([readiness.databaseAnswers(), readiness.countSetAside()])
    const checks = {
      draining: readiness.isDraining(),
      sync: readiness.isSyncHealthy(),
      database,
      documentsSetAside: setAside?.documents ?? null,
      changesSetAside: setAside?.changes ?? null,
    }
    const ready = !checks.draining && checks.sync && checks.database
    const status = !ready ? 'not-ready' : checks.documentsSetAside ? 'degraded' : 'ready'
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status, ...checks })
  })
}
