import { Kysely, PostgresDialect, sql } from 'kysely'
import type pg from 'pg'
import { StartError } from '../process/start-error.ts'
import { inTurn } from './in-turn.ts'
import type { Migration } from './migrations/migration.ts'

const MIGRATION_LOCK = 7_101_002

/**
 * Brings the database to the newest schema and answers the names applied. Servers that start together take
 * turns under an advisory lock; each migration commits with its own row, so a kill leaves whole steps only.
 * Fails with a `StartError` when the database is newer than this code or its history differs.
 */
export async function migrate(
  pool: pg.Pool,
  migrations: readonly Migration[],
  faultPoint: (name: 'during-migration') => void = () => undefined,
): Promise<readonly string[]> {
  return inTurn(pool, MIGRATION_LOCK, async () => {
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
    await sql`create table if not exists schema_migrations (
      position integer primary key,
      name text not null unique,
      applied_at timestamptz not null default now()
    )`.execute(db)
    const applied = await sql<{ name: string }>`select name from schema_migrations order by position`.execute(db)
    const names = applied.rows.map((row) => row.name)
    const pending = pendingMigrations(migrations, names)
    for (const [index, migration] of pending.entries()) {
      await db.transaction().execute(async (transaction) => {
        await migration.up(transaction)
        faultPoint('during-migration')
        const position = names.length + index + 1
        await sql`insert into schema_migrations (position, name) values (${position}, ${migration.name})`.execute(
          transaction,
        )
      })
    }
    return pending.map((migration) => migration.name)
  })
}

/** The migrations still to run; throws a `StartError` when what was applied is not a beginning of the list. */
export function pendingMigrations(migrations: readonly Migration[], applied: readonly string[]): readonly Migration[] {
  for (const [index, name] of applied.entries()) {
    const known = migrations[index]?.name
    if (known === name) continue
    throw new StartError(
      known === undefined
        ? `The database is newer than this program: it has the migration "${name}". Start a newer Questlog.`
        : `The database's migration ${index + 1} is "${name}", but this program's is "${known}".`,
    )
  }
  return migrations.slice(applied.length)
}
