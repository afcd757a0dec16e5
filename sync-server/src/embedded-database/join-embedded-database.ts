import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { StartError } from '../process/start-error.ts'
import { openCluster } from './cluster.ts'
import { connectionUrl, ensureRunning, stopPostmaster } from './postmaster.ts'
import { createDatabase, DATABASE, OWNER_LOCK, START_TIMEOUT_MS, STOP_TIMEOUT_MS } from './start-embedded-database.ts'

/**
 * Connects to the embedded database of a data directory beside the server that owns it, or starts it if none runs. In
 * that case no server can start before `stop`, which leaves everything as it was.
 * A `new` one must not be there yet, and is made, empty.
 */
export async function joinEmbeddedDatabase(
  dataDir: string,
  which: 'present' | 'new' = 'present',
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const isThere = existsSync(join(dataDir, 'postgres'))
  if (which === 'present' && !isThere) {
    throw new StartError(`There is no database in ${dataDir}. See QUESTLOG_DATA_DIR and DATABASE_URL.`)
  }
  if (which === 'new' && isThere) throw new StartError(`There is a database in ${dataDir} already. Move it away first.`)
  const cluster = await openCluster(dataDir)
  const port = await ensureRunning(cluster, { port: undefined, settings: {}, timeoutMs: START_TIMEOUT_MS })
  if (which === 'new') await createDatabase(cluster, port)
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
