import type { ServerOptions } from 'node:https'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Logger } from 'pino'
import { ulid } from 'ulidx'
import { answerError, answerProblems } from './answer-problems.ts'
import { registerCors } from './cors.ts'
import { warnOfProxy } from './forwarded-headers.ts'
import { HttpProblem } from './http-problem.ts'
import { acceptJsonBodies } from './json-body.ts'
import { registerSecurityHeaders } from './security-headers.ts'
import { proxyTrust } from './socket-address.ts'

export interface AppSettings {
  readonly logger: Logger
  readonly publicUrl: string | undefined
  readonly trustProxy: boolean | number | string | undefined
  readonly maxBodyBytes: number
  /** Undefined speaks plain http. */
  readonly tlsOptions: ServerOptions | undefined
  readonly corsOrigins: readonly string[]
}

/** What every request goes through, whatever its route: bodies, headers, the log, problems as answers. No route yet. */
export async function createApp(settings: AppSettings): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = settings.logger
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => ulid(),
    bodyLimit: settings.maxBodyBytes,
    trustProxy: proxyTrust(settings.trustProxy),
    https: settings.tlsOptions ?? null,
    requestTimeout: 30_000,
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  })
  answerProblems(app)
  acceptJsonBodies(app)
  logRequests(app)
  warnOfProxy(app, settings.trustProxy)
  refuseNulInAddresses(app)
  await app.register(compress, { global: true, threshold: 1024 })
  await app.register(cookie)
  await registerSecurityHeaders(app, settings.publicUrl)
  await registerCors(app, settings.corsOrigins)
  return app
}

function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    const took = { method, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }
    request.log.info(took, 'request')
  })
}

/** No database text holds U+0000, so no record is found by it. */
function refuseNulInAddresses(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (request.url.includes('%00')) throw new HttpProblem('invalid-request', [{ path: '', message: 'holds U+0000' }])
  })
}
