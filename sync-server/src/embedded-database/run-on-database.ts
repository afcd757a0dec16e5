import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { environmentWith, readConfig } from '../config/config.ts'
import { errorCode, StartError } from '../process/start-error.ts'
import { joinEmbeddedDatabase } from './join-embedded-database.ts'

const CANNOT_RUN = 2

const usage = `npm run database -- [--new] <program> [arguments]

Runs a program, such as psql or pg_dump, on the embedded database of QUESTLOG_DATA_DIR. PGHOST, PGPORT, PGUSER,
PGPASSWORD and PGDATABASE tell it where that is; PostgreSQL's own programs look there.
--new   make an empty database first, where there is none yet
Ends with the program's own code, or with 2 when it could not be run.
`

/** Runs a program beside the database; answers its exit code. */
async function runOn(url: URL, program: string, given: readonly string[]): Promise<number> {
  const env = environmentWith({
    PGHOST: url.hostname,
    PGPORT: url.port,
    PGUSER: url.username,
    PGPASSWORD: url.password,
    PGDATABASE: url.pathname.slice(1),
  })
  const child = spawn(program, given, { env, stdio: 'inherit' })
  // Ctrl+C reaches the program from the terminal; the database stops once that has ended.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  try {
    const [code] = await once(child, 'exit')
    return typeof code === 'number' ? code : CANNOT_RUN
  } catch (cause) {
    throw new StartError(`${program} cannot be run (${errorCode(cause)}).`, { cause })
  }
}

const isNew = process.argv[2] === '--new'
const [program, ...given] = process.argv.slice(isNew ? 3 : 2)
const config = readConfig()
if (!config.ok || program === undefined) {
  process.stderr.write(config.ok ? usage : `${config.error}\n`)
  process.exit(CANNOT_RUN)
}
try {
  if (config.value.databaseUrl !== undefined) {
    throw new StartError('DATABASE_URL names a database of your own: run the program on that yourself.')
  }
  const database = await joinEmbeddedDatabase(config.value.dataDir, isNew ? 'new' : 'present')
  try {
    process.exitCode = await runOn(new URL(database.url), program, given)
  } finally {
    await database.stop()
  }
} catch (error) {
  process.stderr.write(`${error instanceof StartError ? error.message : (error as Error).stack}\n`)
  process.exitCode = CANNOT_RUN
}
