import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import pg from 'pg'
import type { RunningServer } from '../compose/start-server.ts'

type Environment = Readonly<Record<string, string>>

/** What is asked of a server of one's own: to open it comes first. */
export type OwnServerRequest =
  | { readonly ask: 'open'; readonly environment: Environment }
  | { readonly ask: 'query'; readonly name: string; readonly text: string; readonly values: readonly unknown[] }
  | {
      readonly ask: 'hold-requests' | 'let-requests' | 'turn-away' | 'let-in' | 'restart' | 'close'
      readonly name: string
    }

interface OwnServer {
  server: RunningServer
  readonly environment: Environment
  readonly databaseUrl: string
  /** The connection that keeps requests waiting. */
  holding: pg.Client | null
}

/**
 * Servers with settings of their own, each over an empty database of one cluster: opened, and their databases disturbed,
 * by whoever posts an `OwnServerRequest` to `url`.
 */
export async function openOwnServers(
  clusterUrl: string,
  start: (environment: Environment) => Promise<RunningServer>,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const open = new Map<string, OwnServer>()
  let opened = 0

  async function answer(request: OwnServerRequest): Promise<unknown> {
    if (request.ask === 'open') {
      opened += 1
      const name = `own_${opened}`
      const databaseUrl = clusterUrl.replace(/[^/]+$/, name)
      await run(clusterUrl, `create database ${name}`)
      const environment = { ...request.environment, DATABASE_URL: databaseUrl }
      const server = await start(environment)
      open.set(name, { server, environment, databaseUrl, holding: null })
      return { name, url: `http://127.0.0.1:${server.port}` }
    }
    const { name } = request
    const own = open.get(name)
    if (own === undefined) throw new Error(`there is no server ${name}`)
    switch (request.ask) {
      case 'query':
        return run(own.databaseUrl, request.text, request.values)
      case 'hold-requests':
        own.holding = new pg.Client(own.databaseUrl)
        await own.holding.connect()
        await own.holding.query('begin')
        await own.holding.query('lock table token_families')
        return null
      case 'let-requests':
        await own.holding?.end()
        own.holding = null
        return null
      case 'turn-away':
        // Nobody can do it from within.
        await run(clusterUrl, `alter database ${name} allow_connections false`)
        await run(clusterUrl, terminate('pid'), [name])
        return run(clusterUrl, terminate('pid, 60000'), [name])
      case 'let-in':
        return run(clusterUrl, `alter database ${name} allow_connections true`)
      case 'restart':
        await own.server.stop()
        own.server = await start({ ...own.environment, PORT: String(own.server.port) })
        return null
      case 'close':
        await own.server.stop()
        return null
    }
  }

  const asked = createServer(async (request, response) => {
    try {
      response.end(JSON.stringify(await answer((await json(request)) as OwnServerRequest)))
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
  asked.listen(0, '127.0.0.1')
  await once(asked, 'listening')
  return {
    url: `http://127.0.0.1:${(asked.address() as AddressInfo).port}/`,
    async stop() {
      asked.close()
      await Promise.all([...open.values()].map(({ server }) => server.stop()))
    },
  }
}

/** Ends all connections to a database: at once, or, with a limit to wait for each, until they are gone. */
const terminate = (whom: string) => `select pg_terminate_backend(${whom}) from pg_stat_activity where datname = $1`

async function run(url: string, text: string, values: readonly unknown[] = []): Promise<readonly unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(text, [...values])).rows
  } finally {
    await client.end()
  }
}
