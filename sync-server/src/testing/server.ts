import { inject } from 'vitest'
import { type RunningServer, startServer } from '../compose/start-server.ts'
import { type Config, parseConfig } from '../config/config.ts'
import { createLogger } from '../process/logging.ts'
import { noteAnsweredProblems } from './answered-problems.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

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
  const counted = <Value>(value: Value): Promise<Value> => {
    passwordWork.count += 1
    return Promise.resolve(value)
  }
  const server = await startServer(testConfig({ DATABASE_URL: database.url, ...environment }), {
    logger: createLogger('warn', { write: (line) => logged.push(line) }),
    now: () => clock.now,
    monotonicMs: () => clock.elapsedMs,
    hashing: {
      hash: (password) => counted(`plain:${password}`),
      verify: (hashed, password) => counted(hashed === `plain:${password}`),
    },
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

/** The configuration of an environment whose limits do not stand in the way of tests. */
export function testConfig(environment: Readonly<Record<string, string>>): Config {
  const defaults = {
    PORT: '0',
    HOST: '127.0.0.1',
    LOGIN_ATTEMPTS_PER_MINUTE: '1000',
    LOGIN_FAILURES_BEFORE_DELAY: '1000',
    AUTH_REQUESTS_PER_MINUTE: '100000',
    RATE_LIMIT_PER_HOUR: '1000000',
    RATE_LIMIT_BURST: '1000000',
    RATE_LIMIT_ANONYMOUS_PER_HOUR: '1000000',
  }
  const config = parseConfig({ ...defaults, ...environment }, { terminal: false })
  if (!config.ok) throw new Error(config.error)
  return config.value
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
