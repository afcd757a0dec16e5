import { sql } from 'kysely'
import type { Database } from '../../db/tables.ts'
import { INDEXERS } from '../indexers/indexers.ts'

/** Every row of a workspace by table, search vectors and activity included, in the order of their keys. */
export async function readTables(db: Database, workspaceId: string): Promise<Readonly<Record<string, unknown[]>>> {
  const tables: Record<string, unknown[]> = {}
  for (const { table } of INDEXERS) {
    const { rows } = await sql<{ row: unknown }>`
      select to_jsonb(t) as row from ${sql.table(table)} t where workspace_id = ${workspaceId} order by id`.execute(db)
    tables[table] = rows.map(({ row }) => row)
  }
  const { rows } = await sql<{ row: unknown }>`
    select to_jsonb(t) as row from activity t where workspace_id = ${workspaceId} order by seq, n`.execute(db)
  tables.activity = rows.map(({ row }) => row)
  return tables
}
