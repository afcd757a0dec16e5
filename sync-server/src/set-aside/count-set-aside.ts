import { sql } from 'kysely'
import type { Database } from '../db/tables.ts'
import type { SetAsideCounts } from '../http/health.ts'

/** Counts it; null where the database does not answer in time. */
export async function countSetAside(db: Database, timeoutMs: number): Promise<SetAsideCounts | null> {
  const timeout = new Promise<null>((resolve) => setTimeout(resolve, timeoutMs, null).unref())
  const counted = sql<SetAsideCounts>`select count(*) filter (where kind = 'update')::int as changes,
    count(distinct doc)::int as documents from doc_set_aside`
    .execute(db)
    .then(
      ({ rows }) => rows[0] ?? null,
      () => null,
    )
  return Promise.race([counted, timeout])
}
