import { execFile, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { StartError } from '../process/start-error.ts'
import type { Cluster } from './cluster.ts'
import { lackOfRoom } from './explain-full-disk.ts'

const run = promisify(execFile)
const LOG_FILE_LIMIT = 16 * 1024 * 1024

/** Starts PostgreSQL on the cluster, or joins the one already running there, and answers its port once it accepts connections. */
export async function ensureRunning(
  cluster: Cluster,
  options: {
    readonly port: number | undefined
    readonly settings: Readonly<Record<string, string>>
    readonly timeoutMs: number
    /** Told how to end the PostgreSQL that was launched, for a process that ends before it accepts connections. */
    readonly onLaunch?: (end: () => void) => void
    /** Told once, with its last words, when PostgreSQL ended at once and is tried again until the time is over. */
    readonly onRetry?: (lastWords: string) => void
    /** Whether it is tried again on a disk without room, until somebody makes some. */
    readonly waitsForRoom?: boolean
  },
): Promise<number> {
  const deadline = performance.now() + options.timeoutMs
  let isRetryTold = false
  while (performance.now() < deadline) {
    const running = await runningPostmaster(cluster)
    const port = running?.port ?? options.port ?? (await freePort())
    const started = running === undefined ? launch(cluster, port, options.settings) : undefined
    if (started !== undefined) options.onLaunch?.(started.end)
    while (performance.now() < deadline) {
      if (await accepts(cluster, port)) return port
      // Ended at once: another postmaster's backends still leave, or the port was taken meanwhile.
      if (started?.hasEnded() ?? (await runningPostmaster(cluster)) === undefined) break
      await delay(50)
    }
    const lack = started === undefined || options.waitsForRoom ? null : lackOfRoom(cluster.dir, started.words())
    if (lack !== null) throw didNotStart(cluster, `: ${lack}`)
    if (!isRetryTold) options.onRetry?.(lastLines(cluster))
    isRetryTold = true
    await delay(100)
  }
  throw didNotStart(cluster)
}

function didNotStart(cluster: Cluster, reason = ''): StartError {
  return new StartError(
    `The embedded database did not start${reason}. Its last words, from ${cluster.logFile}:\n${lastLines(cluster)}`,
  )
}

/** Stops PostgreSQL: open transactions are rolled back, everything committed is flushed. Does nothing when it does not run. */
export async function stopPostmaster(cluster: Cluster, timeoutMs: number): Promise<void> {
  const running = await runningPostmaster(cluster)
  if (running === undefined) return
  const stop = ['stop', '-D', cluster.dir, '-w', '-t', String(Math.ceil(timeoutMs / 1000))]
  const asAccount = { ...cluster.account, cwd: '/' }
  try {
    await run(cluster.binaries.pgCtl, [...stop, '-m', 'fast'], asAccount)
  } catch {
    // Immediate mode is safe: the next start replays the write-ahead log.
    await run(cluster.binaries.pgCtl, [...stop, '-m', 'immediate'], asAccount)
  }
  // pg_ctl looks at the lock file, which goes a moment before the process does.
  const deadline = performance.now() + timeoutMs
  while (performance.now() < deadline && (await isPostgres(running.pid))) await delay(10)
}

/** Asks PostgreSQL to stop without waiting for it: for a process that is about to end and cannot wait. */
export function abandonPostmaster(cluster: Cluster): void {
  const pid = Number(readLines(join(cluster.dir, 'postmaster.pid'))[0])
  try {
    // SIGINT is PostgreSQL's fast shutdown.
    if (Number.isInteger(pid) && pid > 0) process.kill(pid, 'SIGINT')
  } catch {
    // It is gone already.
  }
}

/** How to reach a database of the cluster. */
export function connectionUrl(cluster: Cluster, port: number, database: string): string {
  return `postgres://questlog:${cluster.password}@127.0.0.1:${port}/${database}`
}

async function runningPostmaster(
  cluster: Cluster,
): Promise<{ readonly pid: number; readonly port: number | undefined } | undefined> {
  const pidFile = join(cluster.dir, 'postmaster.pid')
  const lines = readLines(pidFile)
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined
  if (!(await isPostgres(pid))) {
    // After a reboot or in a new container the number may belong to another program. PostgreSQL itself would
    // refuse to start then; its shared-memory check still protects against a cluster that is really in use.
    rmSync(pidFile, { force: true })
    return undefined
  }
  const port = Number(lines[3])
  return { pid, port: Number.isInteger(port) && port > 0 ? port : undefined }
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform === 'win32') return true
  try {
    if (process.platform === 'linux') {
      const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // A killed child stays a zombie until its parent collects it.
      return /\(postgres\) [^Z]/.test(status)
    }
    return (await run('ps', ['-p', String(pid), '-o', 'comm='])).stdout.includes('postgres')
  } catch {
    return false
  }
}

interface Launched {
  hasEnded(): boolean
  /** What it has written to its log. */
  words(): string
  /** Asks it to end, without waiting. */
  end(): void
}

function launch(cluster: Cluster, port: number, settings: Readonly<Record<string, string>>): Launched {
  const logSize = statSync(cluster.logFile, { throwIfNoEntry: false })?.size ?? 0
  const isKept = logSize <= LOG_FILE_LIMIT
  const log = openSync(cluster.logFile, isKept ? 'a' : 'w', 0o600)
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '100',
    log_checkpoints: 'off',
    log_statement: 'none',
    log_min_error_statement: 'panic',
    ...settings,
  }
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // Detached: Ctrl+C in a terminal must reach this server only, which drains before it stops the database.
  const child = spawn(cluster.binaries.postgres, ['-D', cluster.dir, ...args], {
    ...cluster.account,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let ended = false
  child.on('exit', () => {
    ended = true
  })
  child.on('error', () => {
    ended = true
  })
  child.unref()
  // SIGINT is PostgreSQL's fast shutdown.
  return {
    hasEnded: () => ended,
    words: () => readFileSync(cluster.logFile).toString('utf8', isKept ? logSize : 0),
    end: () => void child.kill('SIGINT'),
  }
}

async function accepts(cluster: Cluster, port: number): Promise<boolean> {
  const client = new pg.Client({
    connectionString: connectionUrl(cluster, port, 'postgres'),
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ dir: string }>("select current_setting('data_directory') as dir")
    return rows[0]?.dir === cluster.dir
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

function lastLines(cluster: Cluster): string {
  return readLines(cluster.logFile).slice(-8).join('\n')
}
