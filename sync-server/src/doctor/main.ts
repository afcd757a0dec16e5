import { readConfig } from '../config/config.ts'
import { pendingMigrations } from '../db/migrate.ts'
import { migrations } from '../db/migrations.ts'
import { openPool, requireDatabase } from '../db/open-pool.ts'
import { joinEmbeddedDatabase } from '../embedded-database/join-embedded-database.ts'
import { createDocumentCipher } from '../log/document-cipher.ts'
import { createLogger } from '../process/logging.ts'
import { StartError } from '../process/start-error.ts'
import { runTask } from './doctor.ts'
import { parseArguments } from './parse-arguments.ts'

const CANNOT_TELL = 2

const config = readConfig()
const task = parseArguments(process.argv.slice(2))
if (!config.ok || !task.ok) {
  process.stderr.write(`${config.ok ? '' : config.error}${task.ok ? '' : task.error}\n`)
  process.exit(CANNOT_TELL)
}
const { databaseUrl, dataDir, documentKeys } = config.value
const logger = createLogger('silent')
const closers: (() => Promise<void>)[] = []
try {
  const embedded = databaseUrl === undefined ? await joinEmbeddedDatabase(dataDir) : undefined
  if (embedded !== undefined) closers.push(() => embedded.stop())
  const pool = openPool(databaseUrl ?? embedded?.url ?? '', 2, logger)
  closers.push(() => pool.end())
  await requireDatabase(pool)
  const applied = await pool.query<{ name: string }>('select name from schema_migrations order by position')
  const missing = pendingMigrations(
    migrations,
    applied.rows.map(({ name }) => name),
  )
  if (missing.length > 0) throw new StartError('The database is older than this program: start the server once.')
  const cipher = createDocumentCipher(documentKeys)
  const tell = (line: string) => void process.stdout.write(`${line}\n`)
  process.exitCode = (await runTask({ pool, cipher, logger, tell }, task.value)) ? 0 : 1
  if (!task.value.write && (task.value.kind === 'retry' || task.value.kind === 'drop')) {
    tell('Nothing was changed: add --write to do it.')
  }
} catch (error) {
  process.stderr.write(`${error instanceof StartError ? error.message : (error as Error).stack}\n`)
  process.exitCode = CANNOT_TELL
} finally {
  for (const close of closers.reverse()) await close()
}
