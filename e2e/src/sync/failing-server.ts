import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@questlog/sync-server/src/db/migrate.ts'
import { migrations } from '@questlog/sync-server/src/db/migrations.ts'
import { startEmbeddedDatabase } from '@questlog/sync-server/src/embedded-database/start-embedded-database.ts'
import { type RunningSync, startSync } from '@questlog/sync-server/src/sync/testing/start-sync.ts'
import { openTestPool } from '@questlog/sync-server/src/testing/open-test-pool.ts'
import type pg from 'pg'
import { pino } from 'pino'
import * as Y from 'yjs'

/** The real sync core on a real PostgreSQL, in this process, which can be made to fail. It knows one document at a time. */
export interface FailingServer {
  /** Where it listens, or did. */
  url(): string
  isUp(): boolean
  start(): Promise<void>
  /** Ends it; what is being committed is undone, as if it had never reached the database. */
  kill(): Promise<void>
  /** Takes the newest updates of a document out of the log of a server that is down, as an older backup would. */
  rollBack(document: string, updates: number): Promise<void>
  /** Keeps commits to a document waiting until `releaseCommits` or a kill. */
  holdCommits(document: string): Promise<void>
  releaseCommits(): Promise<void>
  /** The document as committed. */
  committed(document: string): Promise<Y.Doc>
  close(): Promise<void>
}

const NAME = 'failing-server'

/** Starts the database and the server. */
export async function openFailingServer(): Promise<FailingServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'questlog-fuzz-'))
  const database = await startEmbeddedDatabase({
    dataDir,
    logger: pino({ level: 'silent' }),
    settings: { fsync: 'off' },
  })
  const outside = openTestPool({ connectionString: database.url })
  await migrate(outside, migrations)
  let server: RunningSync | null = null
  let pool: pg.Pool | null = null
  let blocker: pg.PoolClient | null = null
  let url = ''

  const failing: FailingServer = {
    url: () => url,
    isUp: () => server !== null,
    async start() {
      if (server !== null) return
      pool = openTestPool({ connectionString: database.url, application_name: NAME })
      server = await startSync({ pool })
      url = server.url
    },
    async kill() {
      const [killed, itsPool] = [server, pool]
      server = null
      if (killed === null || itsPool === null) return
      await outside.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [NAME])
      await failing.releaseCommits()
      await killed.stop()
      await itsPool.end()
    },
    async rollBack(document, updates) {
      await outside.query('update doc_heads set seq = greatest(seq - $2, 0) where doc = $1', [document, updates])
      await outside.query(
        'delete from doc_updates using doc_heads where doc_updates.doc = $1 and doc_heads.doc = $1 and doc_updates.seq > doc_heads.seq',
        [document],
      )
    },
    async holdCommits(document) {
      if (blocker !== null || server === null) return
      blocker = await outside.connect()
      await blocker.query('begin')
      await blocker.query('select from doc_heads where doc = $1 for update', [document])
    },
    async releaseCommits() {
      const holding = blocker
      blocker = null
      await holding?.query('rollback')
      holding?.release()
    },
    async committed(document) {
      const { rows } = await outside.query('select bytes from doc_updates where doc = $1 order by seq', [document])
      const doc = new Y.Doc()
      for (const row of rows) Y.applyUpdate(doc, row.bytes)
      return doc
    },
    async close() {
      await failing.kill()
      await outside.end()
      await database.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  await failing.start()
  return failing
}
