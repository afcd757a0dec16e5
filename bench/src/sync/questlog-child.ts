import { err, ok } from '@questlog/shared/domain/kernel/result'
import { parseDocumentName } from '@questlog/shared/protocol/documents'
import { payerOf } from '@questlog/sync-server/src/access/payer-of.ts'
import { createInProcessBus } from '@questlog/sync-server/src/bus/in-process-bus.ts'
import { createSync } from '@questlog/sync-server/src/compose/create-sync.ts'
import { migrate } from '@questlog/sync-server/src/db/migrate.ts'
import { migrations } from '@questlog/sync-server/src/db/migrations.ts'
import { openQueries } from '@questlog/sync-server/src/db/tables.ts'
import { createFollower } from '@questlog/sync-server/src/follower/create-follower.ts'
import { followBus } from '@questlog/sync-server/src/follower/follow-bus.ts'
import { createMemoryBudget } from '@questlog/sync-server/src/memory/memory-budget.ts'
import { followRows } from '@questlog/sync-server/src/read-model/follow-rows.ts'
import { createWorkspaceStore } from '@questlog/sync-server/src/read-model/writing/create-workspace-store.ts'
import { defaultSyncLimits } from '@questlog/sync-server/src/sync/limits/sync-limits.ts'
import { authorize, currentRoles } from '@questlog/sync-server/src/workspaces/authorize.ts'
import pg from 'pg'
import { pino } from 'pino'
import { verifyToken } from './authentication.ts'
import { serve } from './server-child.ts'

const [databaseUrl] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
await migrate(pool, migrations)
const db = openQueries(pool)

const limits = defaultSyncLimits
const shared = {
  logger: pino({ level: 'warn' }),
  memory: createMemoryBudget({ totalBytes: limits.openDocumentBytes }),
  now: Date.now,
  stopping: new AbortController().signal,
}
const store = createWorkspaceStore({
  ...shared,
  db,
  replicaBytes: limits.replicaBytes,
  room: {
    admits: (document, growth) => sync.room.admits(document, growth),
    takeDisk: (userId, document, bytes) => sync.room.takeDisk(userId, document, bytes),
  },
  announce: (document, seq) => sync.announce(document, seq),
  examine: (document, failure) => sync.examine(document, failure),
})
const follower = createFollower({ ...shared, steps: [followRows({ db, store })] })

const sync = createSync({
  ...shared,
  pool,
  limits,
  payerOf: (documentName) => payerOf(db, documentName),
  bus: followBus(createInProcessBus(), follower),
  async authenticate(token) {
    const userId = verifyToken(token)
    if (userId === null) return err('signed-out')
    return ok({ userId, familyId: userId, expiresAtMs: Number.POSITIVE_INFINITY })
  },
  async authorize(userId, documentName) {
    await enrol(userId, documentName)
    return authorize(db, userId, documentName)
  },
  currentRoles: (opened) => currentRoles(db, opened),
})

/** The load invents its people; the roles that are read of them again and again are rows as anybody's. */
async function enrol(userId: string, documentName: string): Promise<void> {
  await pool.query({
    name: 'bench-enrol',
    text: `with person as (
        insert into users (id, email, display_name, created_at) values ($1, $1, $1, now()) on conflict do nothing
      ), workspace as (
        insert into workspaces (id, kind, name, created_by, created_at) values ($2, 'party', $2, $1, now())
        on conflict do nothing
      )
      insert into memberships (workspace_id, user_id, role) values ($2, $1, 'member') on conflict do nothing`,
    values: [userId, parseDocumentName(documentName)?.id],
  })
}

await serve((socket, request) => sync.handleConnection(socket, request))
