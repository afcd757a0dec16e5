import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fillWithPreparedData } from '@questlog/sync-server/src/testing/prepared-data.ts'

const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url))

/** One running Questlog server with the database it embeds, as `npm start` runs it. */
export interface QuestlogProcess {
  readonly pid: number
  readonly url: string
  readonly socketUrl: string
  readonly dataDirectory: string
  /** Everything the process printed so far. */
  output(): string
  /** Ends the server at once, as a power cut would; the embedded database runs on. */
  kill(): Promise<void>
  /** Asks the server to stop and resolves with its exit code. */
  stop(): Promise<number | null>
  /** Resolves when the process has ended by itself. */
  ended(): Promise<void>
  /** Resolves when the server says that it is ready, its database with it; rejects after a minute. */
  untilReady(): Promise<void>
  /** Sends a message to the module that was loaded ahead of the server. */
  tell(message: number): void
}

export interface QuestlogProcessOptions {
  readonly dataDirectory: string
  readonly port: number
  readonly environment?: Readonly<Record<string, string>>
  /** The path of a module to be loaded ahead of the server. */
  readonly preload?: string
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  server.close()
  await once(server, 'close')
  return address.port
}

/** Where a server keeps everything. */
export interface DataDirectory {
  readonly path: string
  remove(): Promise<void>
  empty(): Promise<void>
}

/**
 * A new data directory, with a database at the newest schema, or empty: then the first start makes everything. `remove`
 * deletes it and ends a database that was left running in it.
 */
export async function makeDataDirectory(content: 'prepared' | 'empty' = 'prepared'): Promise<DataDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'questlog-e2e-'))
  if (content === 'prepared') await fillWithPreparedData(path)
  // A database that was killed leaves its folder a moment later.
  const remove = () => rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  return {
    path,
    remove,
    async empty() {
      await remove()
      await mkdir(path)
    },
  }
}

/** Starts the server and resolves when it says that it is ready; rejects with its output when it ends before. */
export async function startQuestlog(options: QuestlogProcessOptions): Promise<QuestlogProcess> {
  const started = spawnQuestlog(options)
  await started.ready
  return started.process
}

/** Starts the server without waiting: for the tests in which it dies on the way up. */
export function spawnQuestlog(options: QuestlogProcessOptions): {
  readonly process: QuestlogProcess
  readonly ready: Promise<void>
} {
  const preload = options.preload === undefined ? [] : ['--import', options.preload]
  const child = spawn(process.execPath, [...preload, 'sync-server/src/main.ts'], {
    cwd: repositoryRoot,
    env: {
      ...process.env,
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: String(options.port),
      QUESTLOG_DATA_DIR: options.dataDirectory,
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe', ...(options.preload === undefined ? [] : ['ipc' as const])],
  })
  const printed: string[] = []
  const exited = once(child, 'exit')
  const ready = new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      printed.push(chunk.toString())
      if (printed.join('').includes('Questlog is ready at')) resolve()
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('exit', (code, signal) =>
      reject(new Error(`the server ended (${signal ?? code}) before it was ready:\n${printed.join('')}`)),
    )
  })
  // A test that expects the death of the server reads `ended`, not `ready`.
  ready.catch(() => {})
  return { process: questlogProcess(child, exited, options, printed), ready }
}

function questlogProcess(
  child: ChildProcess,
  exited: Promise<unknown[]>,
  options: QuestlogProcessOptions,
  printed: readonly string[],
): QuestlogProcess {
  const url = `http://127.0.0.1:${options.port}`
  return {
    pid: child.pid ?? 0,
    url,
    socketUrl: `ws://127.0.0.1:${options.port}/sync`,
    dataDirectory: options.dataDirectory,
    output: () => printed.join(''),
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      child.kill('SIGTERM')
      await exited
      return child.exitCode
    },
    async ended() {
      await exited
    },
    async untilReady() {
      const deadline = Date.now() + 60_000
      while (Date.now() < deadline) {
        const response = await fetch(`${url}/health/ready`).catch(() => null)
        if (response?.ok) return
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      throw new Error(`the server did not become ready:\n${printed.join('').slice(-20_000)}`)
    },
    tell: (message) => child.send(message),
  }
}
