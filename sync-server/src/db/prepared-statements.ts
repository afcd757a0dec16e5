import { createHash } from 'node:crypto'
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'

/** Statements that recur are few, and each takes memory on every connection. */
const MOST_STATEMENTS = 100
const USES_TO_RECUR = 10
/** Its columns change with the schema. */
const ALL_COLUMNS = /\*\s*(,|from|$)/i

/**
 * A pool whose connections prepare the statements that recur, so that PostgreSQL parses and plans them once and not at
 * each use.
 */
export function preparing(pool: pg.Pool): PostgresPool {
  const names = createNames()
  return {
    async connect() {
      const client = await pool.connect()
      return { query: queryOn(client, names), release: (destroy) => client.release(destroy) }
    },
    end: () => pool.end(),
    options: pool.options,
  }
}

function queryOn(client: pg.PoolClient, names: Names): PostgresPoolClient['query'] {
  async function prepare(text: string, values: readonly unknown[]): Promise<unknown> {
    // Without values a text may hold several statements, which cannot be prepared.
    const name = values.length === 0 ? undefined : names.nameOf(text)
    try {
      return await client.query({ ...(name !== undefined && { name }), text, values: [...values] })
    } catch (error) {
      if (isOutdatedPlan(error)) names.renew()
      throw error
    }
  }
  function query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>
  function query(first: string | PostgresCursor<unknown>, values: readonly unknown[] = []): unknown {
    if (typeof first !== 'string') throw new TypeError('cursors are not configured')
    return prepare(first, values)
  }
  return query
}

/** A column has another type since the statement was prepared. */
function isOutdatedPlan(error: unknown): boolean {
  return error instanceof Error && 'routine' in error && error.routine === 'RevalidateCachedQuery'
}

type Names = ReturnType<typeof createNames>

function createNames() {
  const uses = new Map<string, number>()
  const names = new Map<string, string>()
  let generation = 0
  return {
    /** A name that belongs to the text alone, from the time on that it recurs; undefined for any other. */
    nameOf(text: string): string | undefined {
      const known = names.get(text)
      if (known !== undefined || names.size >= MOST_STATEMENTS || ALL_COLUMNS.test(text)) return known
      const used = (uses.get(text) ?? 0) + 1
      if (uses.size >= 10 * MOST_STATEMENTS) uses.clear()
      uses.set(text, used)
      if (used < USES_TO_RECUR) return undefined
      const name = createHash('sha256').update(`${generation} ${text}`).digest('base64url')
      names.set(text, name)
      return name
    },
    /** From now on all texts have new names. */
    renew() {
      generation += 1
      names.clear()
    },
  }
}
