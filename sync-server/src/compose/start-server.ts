import { Server as TlsServer } from 'node:https'
import type { Config } from '../config/config.ts'
import { explainFullDisk } from '../embedded-database/explain-full-disk.ts'
import { upgradeSockets } from '../http/socket-upgrade.ts'
import { keepTlsRenewed, readTls } from '../http/tls.ts'
import { errorCode, StartError } from '../process/start-error.ts'
import { Stopping } from '../process/stopping.ts'
import { createHttp } from './create-http.ts'
import { httpDeps } from './http-deps.ts'
import { openContext } from './open-context.ts'
import type { Platform } from './platform.ts'
import { syncLimits } from './sync-limits.ts'

/** A server that takes requests. */
export interface RunningServer {
  readonly port: number
  /** Drains and closes everything in order; what was acknowledged is committed when it resolves. */
  stop(): Promise<void>
}

/** What takes longer once a stop was asked for is ended, and is done again after the next start. */
const GRACE_MS = 500

/** Starts the whole server: database, sync, REST and the app on one port. Fails with a `StartError` where a person can help. */
export async function startServer(config: Config, platform: Platform): Promise<RunningServer> {
  const { logger } = platform
  const tlsOptions = config.tls === undefined ? undefined : await readTls(config.tls)
  const stopping = new AbortController()
  const stoppable = { ...platform, stopping: stopping.signal }
  const context = await openContext(config, stoppable).catch((failure: unknown) => {
    throw config.databaseUrl === undefined ? explainFullDisk(config.dataDir, failure) : failure
  })
  const { sync } = context
  let draining = false
  const http = await createHttp({ ...httpDeps(config, stoppable, context, () => draining), tlsOptions })
  const stopRenewing =
    config.tls !== undefined && http.server instanceof TlsServer
      ? keepTlsRenewed(http.server, config.tls, { logger })
      : undefined
  const sockets = upgradeSockets({
    server: http.server,
    maxFrameBytes: syncLimits(config).maxFrameBytes,
    allowedOrigins: config.allowedOrigins,
    isDraining: () => draining,
    onSocket: (socket, request) => sync.handleConnection(socket, request),
    logger,
  })

  // Node keeps the connections of requests that are under way when it is closed, for more requests that never come.
  http.server.on('request', (_, response) => {
    response.on('close', () => http.server.listening || http.server.closeIdleConnections())
  })

  async function stop(): Promise<void> {
    draining = true
    const ending = setTimeout(() => stopping.abort(new Stopping()), GRACE_MS)
    stopRenewing?.()
    await sync.drain()
    sockets.terminateAll()
    await http.close()
    await context.close()
    clearTimeout(ending)
  }

  try {
    await http.listen({ port: config.port, host: config.host })
  } catch (cause) {
    await stop()
    throw new StartError(listenFailure(config, cause), { cause })
  }
  const address = http.server.address()
  return { port: typeof address === 'object' && address !== null ? address.port : config.port, stop }
}

function listenFailure({ port, host }: Config, error: unknown): string {
  const code = errorCode(error)
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use: another server runs there. Choose another PORT.`
    case 'EACCES':
      return `Port ${port} needs rights this user does not have. Choose a PORT above 1023.`
    default:
      return `${host} is no address this machine can listen on (${code}). See HOST.`
  }
}
