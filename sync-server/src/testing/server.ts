import { inject } from 'vitest'
import { type RunningServer, startServer } from '../compose/start-server.ts'
import { createLogger } from '../process/logging.ts'
import { noteAnsweredProblems } from './answered-problems.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { plainHashing, testConfig } from './server-settings.ts'

/** A whole server listening on a free port, with a database of its own and a clock that tests move. */
export interface TestServer {
  readonly url: string
  readonly database: TestDatabase
  /** `now` is the date, which a test may set either way; `elapsedMs` the time that limits and windows go by. */
  readonly clock: { now: number; elapsedMs: number }
  /** How often the password function ran since the server started. */
  readonly passwordWork: { count: number }
  /** The lines logged since the server started, warnings and worse. */
  readonly logged: readonly string[]
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>
  get(path: string, token?: string): Promise<Response>
  stop(): Promise<void>
}

/** Starts one; password hashing is replaced by counted plain text. */
export async function startTestServer(environment: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const database = await createTestDatabase()
  const clock = { now: Date.now(), elapsedMs: 0 }
  const passwordWork = { count: 0 }
  const logged: string[] = []
  const counted = <Given extends readonly unknown[], Value>(work: (...given: Given) => Promise<Value>) => {
    return (...given: Given): Promise<Value> => {
      passwordWork.count += 1
      return work(...given)
    }
  }
  const server = await startServer(testConfig({ DATABASE_URL: database.url, ...environment }), {
    logger: createLogger('warn', { write: (line) => logged.push(line) }),
    now: () => clock.now,
    monotonicMs: () => clock.elapsedMs,
    hashing: { hash: counted(plainHashing.hash), verify: counted(plainHashing.verify) },
  })
  passwordWork.count = 0
  logged.length = 0
  const asked = requests(server)
  async function stop(): Promise<void> {
    await noteAnsweredProblems(inject('answeredProblems'), asked.url)
    await server.stop()
    await database.drop()
  }
  return { ...asked, database, clock, passwordWork, logged, stop }
}

function requests(server: RunningServer): Pick<TestServer, 'url' | 'post' | 'get'> {
  const url = `http://127.0.0.1:${server.port}`
  return {
    url,
    post: (path, body, headers) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    get: (path, token) =>
      fetch(`${url}${path}`, {
        redirect: 'manual',
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      }),
  }
}
