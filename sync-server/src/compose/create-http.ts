import type { FastifyInstance } from 'fastify'
import { noteAllowedMethods } from '../http/allowed-methods.ts'
import { type AppSettings, createApp } from '../http/create-app.ts'
import { healthRoutes, type Readiness, type SetAsideCounts } from '../http/health.ts'
import { metricsRoute } from '../http/metrics.ts'
import { registerRouteLimits } from '../http/rate-limits/route-limits.ts'
import { redirectUnversioned } from '../http/redirect-unversioned.ts'
import { serveApp } from '../http/static-app.ts'
import { type ApiDeps, registerApi } from './register-api.ts'

export interface HttpDeps extends AppSettings, ApiDeps {
  readonly monotonicMs: () => number
  readonly readiness: Omit<Readiness, 'countSetAside'>
  /** Undefined serves no `/metrics`. */
  readonly syncStats: (() => Readonly<Record<string, number>>) | undefined
  readonly countSetAside: () => Promise<SetAsideCounts | null>
  readonly webDist: string
}

/** Builds the HTTP side of the server: the app, REST under `/api/v1`, health and metrics. Not listening yet. */
export async function createHttp(deps: HttpDeps): Promise<FastifyInstance> {
  const app = await createApp(deps)
  await registerRouteLimits(app, deps.monotonicMs)
  if (deps.syncStats !== undefined) metricsRoute(app, deps.syncStats, deps.countSetAside)
  healthRoutes(app, { ...deps.readiness, countSetAside: deps.countSetAside })
  const refuseMethod = noteAllowedMethods(app)
  await registerApi(app, deps)
  redirectUnversioned(app)
  await serveApp(app, deps.webDist, refuseMethod)
  return app
}
