import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { fillWithPreparedData } from './prepared-data.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the programs of this run keep what they compiled. */
    readonly compileCache: string
  }
}

const MAIN = join(import.meta.dirname, '../main.ts')

/** A server in a process of its own, as people run it. */
export interface ServerProcess {
  readonly child: ChildProcess
  /** Everything printed so far. */
  output(): string
  /** Its address once it says that it is ready; rejects with its output when it ends before. */
  readonly ready: Promise<string>
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>
}

/** Runs `main.ts` with exactly this environment besides the path, on a port the system picks. */
export function runServer(environment: Readonly<Record<string, string>>): ServerProcess {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...programEnvironment(), HOST: '127.0.0.1', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }))
  const ready = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      printed += chunk.toString()
      const port = /Questlog is ready at http:\/\/localhost:(\d+)/.exec(printed)?.[1]
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('close', () => reject(new Error(`the server ended before it was ready:\n${printed}`)))
  })
  // Tests of servers that never get ready look at `ended`.
  ready.catch(() => undefined)
  return { child, output: () => printed, ready, ended }
}

/** What the environment of a program always has here; nothing of the run's own reaches it otherwise. */
export function programEnvironment(): Readonly<Record<string, string>> {
  return { NODE_ENV: 'test', NODE_COMPILE_CACHE: inject('compileCache') }
}

/** A data directory under the system's temporary one, where nothing is yet. */
export interface DataDir {
  readonly path: string
  /** Puts a database at the newest schema there, for a test that is not about how one is made. */
  prepare(): Promise<void>
  remove(): void
}

/** Makes one. */
export function makeDataDir(): DataDir {
  const path = mkdtempSync(join(tmpdir(), 'questlog-server-'))
  return {
    path,
    prepare: () => fillWithPreparedData(path),
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** The process id of the embedded PostgreSQL of a data directory; undefined when it does not run. */
export function postmasterPid(dataDir: string): number | undefined {
  try {
    return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}

/** Resolves when a process is gone that has ended: the system collects it a moment after. */
export function gone(pid: number): Promise<void> {
  return eventually('the process is gone', () => {
    try {
      return !process.kill(pid, 0)
    } catch {
      return true
    }
  })
}

/** Resolves when a condition holds, looking again and again; fails after a minute. */
export async function eventually(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`it never happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
