import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { errorCode, StartError } from '../process/start-error.ts'
import { type Account, canReach, databaseAccount } from './account.ts'
import { type Binaries, locateBinaries } from './binaries.ts'

const run = promisify(execFile)

/** Where root's clusters and binaries go when PostgreSQL's account cannot reach the data directory. */
const SHARED_DIR = '/var/lib/questlog'

/** An initialised PostgreSQL data directory and what is needed to run it. */
export interface Cluster {
  readonly dir: string
  readonly logFile: string
  readonly password: string
  readonly account: Account | undefined
  readonly binaries: Binaries
}

/** Opens the cluster of a data directory, running initdb the first time; an interrupted initdb leaves nothing behind. */
export async function openCluster(dataDir: string): Promise<Cluster> {
  try {
    return await prepareCluster(dataDir)
  } catch (cause) {
    if (cause instanceof StartError) throw cause
    throw new StartError(`The data directory ${dataDir} cannot be used (${errorCode(cause)}). See QUESTLOG_DATA_DIR.`, {
      cause,
    })
  }
}

async function prepareCluster(dataDir: string): Promise<Cluster> {
  mkdirSync(dataDir, { recursive: true })
  const root = realpathSync(dataDir)
  const account = databaseAccount(join(root, 'postgres'))
  // Root's own directory: PostgreSQL's account must pass through it, but not list it.
  if (account !== undefined) chmodSync(root, statSync(root).mode | 0o011)
  const binaries = await locateBinaries(account, SHARED_DIR)
  const dir = clusterDirectory(root, account)
  const isInitialised = refuseOtherMajor(dir, binaries.major)
  const password = readPassword(join(root, 'postgres.password'), isInitialised)
  const cluster: Cluster = { dir, logFile: join(root, 'postgres.log'), password, account, binaries }
  if (!isInitialised) await initialise(cluster)
  return cluster
}

/** Whether there is a cluster, which these programs can run: PostgreSQL reads no files of another major version. */
function refuseOtherMajor(dir: string, ours: string): boolean {
  const file = join(dir, 'PG_VERSION')
  if (!existsSync(file)) return false
  const theirs = readFileSync(file, 'utf8').trim()
  if (theirs === ours) return true
  throw new StartError(
    `The database in ${dir} is of PostgreSQL ${theirs}, and this Questlog comes with PostgreSQL ${ours}, which cannot ` +
      'read it. Nothing was changed. Start the Questlog that wrote it, and move the data over with a dump: docs/backup.md, ' +
      '"To another PostgreSQL".',
  )
}

function clusterDirectory(root: string, account: Account | undefined): string {
  const own = join(root, 'postgres')
  const known = lstatSync(own, { throwIfNoEntry: false })
  if (known?.isSymbolicLink() && existsSync(own)) return realpathSync(own)
  if (account === undefined || canReach(root, account)) return own
  if (known?.isDirectory()) {
    throw new StartError(
      `PostgreSQL does not run as root, and uid ${account.uid} cannot reach ${own}. ` +
        `Open its parent directories (chmod o+x), choose another QUESTLOG_DATA_DIR, or set DATABASE_URL.`,
    )
  }
  const elsewhere = join(SHARED_DIR, createHash('sha256').update(root).digest('hex').slice(0, 16))
  mkdirSync(elsewhere, { recursive: true, mode: 0o711 })
  rmSync(own, { force: true })
  // A link, so that whoever looks into the data directory finds the database.
  symlinkSync(join(elsewhere, 'postgres'), own)
  return join(elsewhere, 'postgres')
}

function readPassword(file: string, initialised: boolean): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  if (initialised) throw new StartError(`The database exists, but its password file ${file} is missing.`)
  const password = randomBytes(32).toString('hex')
  writeFileSync(file, `${password}\n`, { mode: 0o600, flush: true })
  return password
}

async function initialise(cluster: Cluster): Promise<void> {
  const { dir, account } = cluster
  const partial = `${dir}.new`
  const passwordFile = `${dir}.password-once`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { mode: 0o700 })
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 })
  try {
    if (account !== undefined) for (const path of [partial, passwordFile]) chownSync(path, account.uid, account.gid)
    const options = ['--auth=scram-sha-256', '--username=questlog', `--pwfile=${passwordFile}`, '--encoding=UTF8']
    const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
    await run(cluster.binaries.initdb, [`--pgdata=${partial}`, ...options, ...locale], { ...account, cwd: '/' })
    renameSync(partial, dir)
  } catch (cause) {
    throw new StartError(`The embedded database could not be created in ${dir}. ${whyNotCreated(cause)}`, { cause })
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** In initdb's own words, where it said any. */
function whyNotCreated(cause: unknown): string {
  const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : ''
  if (said === '') return `The reason: ${errorCode(cause)}.`
  const isNameless = said.includes('could not look up effective user ID')
  return isNameless
    ? `The reason: ${said}\nPostgreSQL runs under a user that has a name only: add one to /etc/passwd, or set DATABASE_URL.`
    : `The reason: ${said}`
}
