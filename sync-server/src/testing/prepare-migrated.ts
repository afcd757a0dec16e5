import type pg from 'pg'
import { pino } from 'pino'
import { migrate } from '../db/migrate.ts'
import { migrations } from '../db/migrations.ts'
import { startJobs } from '../jobs/start-jobs.ts'
import { openTestPool } from './open-test-pool.ts'

/** Brings a database to the newest schema, so that no server that a test starts on it has to make the job queue's tables. */
export async function prepareMigrated(connectionString: string): Promise<void> {
  const pool = openTestPool({ connectionString })
  await hashPasswordOnce(pool, new URL(connectionString))
  await migrate(pool, migrations)
  const jobs = await startJobs({ pool, connectionString, logger: pino({ level: 'silent' }) })
  await jobs.stop()
  await pool.end()
}

/** Connections are many in tests, and the 4096 rounds of its password take the client longer than all else of one. */
async function hashPasswordOnce(pool: pg.Pool, { username, password }: URL): Promise<void> {
  await pool.query(`set scram_iterations = 1; alter role ${username} password '${password}'; reset scram_iterations`)
}
