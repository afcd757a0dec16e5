import { execFileSync } from 'node:child_process'
import { appendFileSync, chmodSync, existsSync, lstatSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { startEmbeddedDatabase } from '../embedded-database/start-embedded-database.ts'
import { prepareMigrated } from './prepare-migrated.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run keeps the data directory that others are copied from. */
    readonly preparedData: string
  }
}

/** vitest's global set-up: a folder for the prepared data directory, which the first test that needs it makes. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'questlog-prepared-'))
  // PostgreSQL may run under another account than root's, which passes through here.
  chmodSync(folder, 0o711)
  project.provide('preparedData', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}

/**
 * Fills an empty data directory with a database that a server finds at the newest schema, as its last start left it.
 * PostgreSQL waits for no disk in it: what is committed outlives every process, and only the machine's crash would lose it.
 */
export async function fillWithPreparedData(dataDir: string): Promise<void> {
  const prepared = join(inject('preparedData'), 'data')
  if (!existsSync(prepared)) await prepare(prepared)
  // With its owners: PostgreSQL refuses files of another account.
  execFileSync('cp', ['-a', `${prepared}/.`, dataDir])
}

async function prepare(target: string): Promise<void> {
  const partial = mkdtempSync(`${target}-`)
  const database = await startEmbeddedDatabase({
    dataDir: partial,
    logger: pino({ level: 'silent' }),
    settings: { fsync: 'off' },
  })
  await prepareMigrated(database.url)
  await database.stop()
  const cluster = join(partial, 'postgres')
  if (lstatSync(cluster).isSymbolicLink()) throw new Error(`PostgreSQL cannot reach ${partial}: choose another TMPDIR.`)
  appendFileSync(join(cluster, 'postgresql.conf'), 'fsync = off\n')
  try {
    renameSync(partial, target)
  } catch (cause) {
    rmSync(partial, { recursive: true })
    // Another worker was quicker.
    if (!existsSync(target)) throw cause
  }
}
