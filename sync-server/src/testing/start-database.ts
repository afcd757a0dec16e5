import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import type { TestProject } from 'vitest/node'
import { startEmbeddedDatabase } from '../embedded-database/start-embedded-database.ts'
import { prepareMigrated } from './prepare-migrated.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A running PostgreSQL for this test run; tests take databases of their own from it. */
    readonly databaseUrl: string
  }
}

/** The migrated database every test database is copied from. */
export const TEMPLATE_DATABASE = 'questlog_template'

/** Nobody crashes this PostgreSQL, nor the machine: what is tested here is how processes that use it end. */
const CRASH_SAFETY_OFF = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '4GB',
}

/** vitest's global set-up: one PostgreSQL in a temporary directory for the whole run, gone afterwards. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'questlog-test-'))
  const database = await startEmbeddedDatabase({
    dataDir,
    logger: pino({ level: 'silent' }),
    settings: { ...CRASH_SAFETY_OFF, autovacuum: 'off', jit: 'off', max_connections: '300' },
  })
  await createTemplate(database.url)
  project.provide('databaseUrl', database.url)
  return async () => {
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function createTemplate(url: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`create database ${TEMPLATE_DATABASE}`)
  await admin.end()
  await prepareMigrated(url.replace(/[^/]+$/, TEMPLATE_DATABASE))
}
