import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort, makeDataDirectory, type QuestlogProcess, startQuestlog } from '../harness/questlog-process.ts'

/** One PostgreSQL that several server processes share. */
export interface SharedDatabase {
  /** Starts another server process on it. */
  startServer(): Promise<QuestlogProcess>
  /** Stops the database and every server. */
  stop(): Promise<void>
}

const unlimited = {
  RATE_LIMIT_PER_HOUR: '1000000000',
  RATE_LIMIT_BURST: '1000000000',
  RATE_LIMIT_ANONYMOUS_PER_HOUR: '1000000000',
}

/** Starts the database as part of one server, which takes no requests here. */
export async function startSharedDatabase(): Promise<SharedDatabase> {
  const dataDirectory = await makeDataDirectory()
  const keeper = await startQuestlog({ dataDirectory: dataDirectory.path, port: await freePort() })
  const password = (await readFile(join(dataDirectory.path, 'postgres.password'), 'utf8')).trim()
  const pidFile = await readFile(join(dataDirectory.path, 'postgres', 'postmaster.pid'), 'utf8')
  const databaseUrl = `postgres://questlog:${encodeURIComponent(password)}@127.0.0.1:${pidFile.split('\n')[3]}/questlog`
  const servers: QuestlogProcess[] = []
  return {
    async startServer() {
      const port = await freePort()
      const environment = { DATABASE_URL: databaseUrl, DATABASE_POOL_SIZE: '10', ...unlimited }
      const server = await startQuestlog({ dataDirectory: dataDirectory.path, port, environment })
      servers.push(server)
      return server
    },
    async stop() {
      for (const server of servers) await server.kill()
      await keeper.stop()
      await dataDirectory.remove()
    },
  }
}
