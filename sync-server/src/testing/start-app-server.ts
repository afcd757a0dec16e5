import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { TestProject } from 'vitest/node'

interface AppServer {
  readonly url: string
  /** Answers with the text of the next mail to the address that is asked for with `?to=`. */
  readonly mailboxUrl: string
  /** Opens servers with settings of their own, and disturbs their databases: see `OwnServerRequest`. */
  readonly ownServersUrl: string
}

declare module 'vitest' {
  interface ProvidedContext {
    /** A whole server that all tests of screens share: each has people of its own. */
    readonly appServer: AppServer
  }
}

/** vitest's global set-up: one whole server in a process of its own, gone afterwards. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = fork(new URL('app-server.ts', import.meta.url), { execArgv: [] })
  const ended = once(server, 'exit')
  const started = await Promise.race([once(server, 'message'), ended.then(() => null)])
  if (started === null) throw new Error('the server for screens ended before it was ready')
  project.provide('appServer', started[0])
  return async () => {
    server.disconnect()
    await ended
  }
}
