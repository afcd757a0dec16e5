import { readConfig } from './config/config.ts'
import { createLogger } from './process/logging.ts'
import { StartError } from './process/start-error.ts'
import { stopRequested } from './process/stop-requested.ts'

const config = readConfig()
if (!config.ok) {
  process.stderr.write(`${config.error}\n`)
  process.exit(1)
}
const logger = createLogger(config.value.logLevel)
const requested = stopRequested({ afterMs: config.value.shutdownMs })
try {
  // Only now: what is wrong with the environment is said before the whole server is loaded.
  const { startServer } = await import('./compose/start-server.ts')
  const stopped = requested.then(() => undefined)
  const server = await Promise.race([startServer(config.value, { logger, now: Date.now }), stopped])
  // Nobody was promised anything yet, and the database recovers from whatever it was at.
  if (server === undefined) process.exit(0)
  const { publicUrl, tls } = config.value
  const local = `${tls === undefined ? 'http' : 'https'}://localhost:${server.port}`
  process.stdout.write(`Questlog is ready at ${publicUrl ?? local}\n`)
  await requested
  await server.stop()
  process.exit(0)
} catch (error) {
  if (error instanceof StartError) process.stderr.write(`${error.message}\n`)
  else logger.fatal({ err: error }, 'the server failed')
  process.exit(1)
}
