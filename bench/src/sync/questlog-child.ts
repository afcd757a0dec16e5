import { err, ok } from '@questlog/shared/domain/result'
import { migrate } from '@questlog/sync-server/src/db/migrate.ts'
import { migrations } from '@questlog/sync-server/src/db/migrations.ts'
import { createInProcessBus } from '@questlog/sync-server/src/sync/bus/in-process-bus.ts'
import { createSync } from '@questlog/sync-server/src/sync/create-sync.ts'
import { defaultSyncLimits } from '@questlog/sync-server/src/sync/limits/sync-limits.ts'
import pg from 'pg'
import { pino } from 'pino'
import { verifyToken } from './authentication.ts'
import { serve } from './server-child.ts'

const [databaseUrl] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
await migrate(pool, migrations)

const sync = createSync({
  pool,
  logger: pino({ level: 'warn' }),
  limits: defaultSyncLimits,
  now: Date.now,
  bus: createInProcessBus(),
  async authenticate(token) {
    const userId = verifyToken(token)
    if (userId === null) return err('signed-out')
    return ok({ userId, familyId: userId, expiresAtMs: Number.POSITIVE_INFINITY })
  },
  async authorize() {
    return ok({ role: 'owner' })
  },
  async currentRoles(opened) {
    return opened.map(() => 'owner')
  },
})

await serve((socket, request) => sync.handleConnection(socket, request))
