import { startServer } from '@questlog/sync-server/src/compose/start-server.ts'
import { parseConfig } from '@questlog/sync-server/src/config/config.ts'
import { createLogger } from '@questlog/sync-server/src/process/logging.ts'
import { sendToParent } from '../measure/in-child.ts'

const UNLIMITED = '1000000'
const [databaseUrl = ''] = process.argv.slice(2)
const config = parseConfig(
  {
    DATABASE_URL: databaseUrl,
    PORT: '0',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
    AUTH_REQUESTS_PER_MINUTE: UNLIMITED,
    RATE_LIMIT_PER_HOUR: UNLIMITED,
    RATE_LIMIT_BURST: UNLIMITED,
    RATE_LIMIT_ANONYMOUS_PER_HOUR: UNLIMITED,
  },
  { terminal: false },
)
if (!config.ok) throw new Error(config.error)
const { port } = await startServer(config.value, { logger: createLogger(config.value.logLevel), now: Date.now })
// The parent is gone: so is the bench.
process.on('disconnect', () => process.exit())
sendToParent({ port })
