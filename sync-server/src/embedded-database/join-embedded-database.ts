import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { StartError } from '../start-error.ts'
import { openCluster } from './cluster.ts'
import { connectionUrl, ensureRunning, stopPostmaster } from './postmaster.ts'
import { DATABASE, OWNER_LOCK, START_TIMEOUT_MS, STOP_TIMEOUT_MS } from './start-embedded-database.ts'

/**
 * Connects to the embedded database of a data directory beside the server that owns it, or starts it if none runs. In
 * that case no server can start before `stop`, which leaves everything as it was.
 */
export async function joinEmbeddedDatabase(dataDir: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  if (!existsSync(join(dataDir, 'postgres'))) {
    throw new StartError(`There is no database in ${dataDir}. See QUESTLOG_DATA_DIR and DATABASE_URL.`)
  }
  const cluster = await openCluster(dataDir)
  const port = await ensureRunning(cluster, { port: undefined, settings: {}, timeoutMs: START_TIMEOUT_MS })
  const client = new pg.Client({ connectionString: connectionUrl(cluster, port, 'postgres'), keepAlive: true })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ owned: boolean }>('select pg_try_advisory_lock($1) as owned', [OWNER_LOCK])
  const isOwned = rows[0]?.owned === true
  return {
    url: connectionUrl(cluster, port, DATABASE),
    async stop() {
      await client.end()
      if (isOwned) await stopPostmaster(cluster, STOP_TIMEOUT_MS)
    },
  }
}
