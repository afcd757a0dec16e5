import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { onTestFinished } from 'vitest'

type Rows = readonly Readonly<Record<string, unknown>>[]

/** The server's own database, past the server: for what no request can bring about. It runs on when the server is killed. */
export interface ServerDatabase {
  query(text: string, values?: readonly unknown[]): Promise<Rows>
  /** Keeps every commit to a document waiting until the function returned is called. */
  holdCommits(document: string): Promise<() => Promise<void>>
  /** Keeps every request of somebody signed in waiting until the function returned is called, or the test is over. */
  holdRequests(): Promise<() => Promise<void>>
  /** Turns the server away, as a database that restarts does, until the function returned is called, or the test is over. */
  turnAway(): Promise<() => Promise<void>>
  /** Copies the database, with the server killed; the function returned puts the copy back, with it killed again. */
  backUp(): Promise<() => Promise<void>>
}

/** The database embedded in a data directory. */
export function serverDatabaseIn(dataDirectory: string): ServerDatabase {
  const connect = async (database = 'questlog') => {
    const password = (await readFile(join(dataDirectory, 'postgres.password'), 'utf8')).trim()
    const port = Number((await readFile(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[3])
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'questlog', password, database })
    await client.connect()
    return client
  }
  return {
    async query(text, values = []) {
      const client = await connect()
      try {
        return (await client.query<Record<string, unknown>>(text, [...values])).rows
      } finally {
        await client.end()
      }
    },
    async holdCommits(document) {
      const client = await connect()
      await client.query('begin')
      await client.query('select from doc_heads where doc = $1 for update', [document])
      return () => client.end()
    },
    async holdRequests() {
      const client = await connect()
      await client.query('begin')
      await client.query('lock table token_families')
      return once(() => client.end())
    },
    async backUp() {
      const run = async (...statements: readonly string[]) => {
        const client = await connect('postgres')
        for (const statement of statements) await client.query(statement)
        await client.end()
      }
      await run(
        "select pg_terminate_backend(pid, 60000) from pg_stat_activity where datname = 'questlog'",
        'create database copy template questlog',
      )
      return () => run('drop database questlog with (force)', 'alter database copy rename to questlog')
    },
    async turnAway() {
      // Nobody can do it from within.
      const client = await connect('postgres')
      await client.query('alter database questlog allow_connections false')
      await client.query("select pg_terminate_backend(pid, 60000) from pg_stat_activity where datname = 'questlog'")
      return once(async () => {
        await client.query('alter database questlog allow_connections true')
        await client.end()
      })
    },
  }
}

/** What undoes something, at the end of the test at the latest: others would wait for it in vain. */
function once(undo: () => Promise<void>): () => Promise<void> {
  let undone: Promise<void> | undefined
  const undoOnce = () => {
    undone ??= undo()
    return undone
  }
  onTestFinished(undoOnce)
  return undoOnce
}
