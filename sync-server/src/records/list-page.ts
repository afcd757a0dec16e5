import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Membership } from '../access/access-rule.ts'
import type { Database } from '../db/tables.ts'
import { cursorInstantSchema, cursorTextSchema } from '../http/pagination.ts'
import type { FoundRecord, RecordTable } from './find-record.ts'

type SortType = 'text' | 'smallint' | 'bigint' | 'timestamptz'

/** How the driver reads a sort key of each type; anything else would be an error in the statement. */
const sortKeySchemas = {
  text: cursorTextSchema,
  smallint: z.int().min(-32_768).max(32_767),
  bigint: z.string().regex(/^\d{1,18}$/),
  timestamptz: cursorInstantSchema,
} satisfies Record<SortType, z.ZodType>

/** Where a page begins: after the record with this sort key, id and workspace. */
export type PageCursor = readonly [key: string | number, id: string, workspaceId: string]

/** Reads the cursors of a list that is sorted by a column of a type. */
export function pageCursorSchema(sortType: SortType): z.ZodType<PageCursor> {
  return z.tuple([sortKeySchemas[sortType], cursorTextSchema, cursorTextSchema])
}

export interface PageRequest<Table extends RecordTable> {
  readonly table: Table
  /** The column to sort by, with its SQL type. */
  readonly sort: readonly [column: string, type: SortType]
  readonly descending?: boolean
  /** What rows must meet besides being in one of the workspaces. */
  readonly conditions: readonly RawBuilder<unknown>[]
  /** Whether the conditions leave few rows of all workspaces together, so that nothing is gained by reading each in order. */
  readonly isNarrow?: boolean
  readonly memberships: readonly Membership[]
  readonly limit: number
  readonly after: PageCursor | undefined
}

export interface Page<Table extends RecordTable> {
  readonly rows: readonly FoundRecord<Table>[]
  readonly next: PageCursor | null
}

type PageRow<Table extends RecordTable> = FoundRecord<Table> & {
  readonly id: string
  readonly key: string | number | Date
}

/**
 * A page of records by a sort key, then id, then workspace: what comes or goes between two pages shifts none of the
 * others. Of several workspaces each gives its own first ones along an index.
 */
export async function listPage<Table extends RecordTable>(
  db: Database,
  request: PageRequest<Table>,
): Promise<Page<Table>> {
  const { limit, memberships } = request
  const rows = memberships.length === 0 ? [] : (await pageQuery(request).execute(db)).rows
  const last = rows.length > limit ? rows[limit - 1] : undefined
  const next: PageCursor | null = last === undefined ? null : [keyOf(last.key), last.id, last.workspaceId]
  return { rows: rows.slice(0, limit), next }
}

/** The statement of a page, with one row more to tell whether another page follows. */
export function pageQuery<Table extends RecordTable>(request: PageRequest<Table>) {
  const { table, sort, descending = false, memberships, limit } = request
  const direction = descending ? sql`desc` : sql`asc`
  const key = sql.ref(`${table}.${sort[0]}`)
  const id = sql.ref(`${table}.id`)
  const workspace = sql.ref(`${table}.workspace_id`)
  const conditions = [...request.conditions, ...beyond(request, key)]
  const also = conditions.length === 0 ? sql`` : sql`and ${sql.join(conditions, sql` and `)}`
  const columns = sql`${id}, ${sql.ref(`${table}.record`)}, ${sql.ref(`${table}.seq`)}, ${workspace} as "workspaceId", ${key} as key`
  const page = (workspaceId: RawBuilder<unknown>) => sql`
    select ${columns} from ${sql.table(table)} where ${workspace} = ${workspaceId} ${also}
    order by ${key} ${direction}, ${id} ${direction} limit ${limit + 1}`
  const [only, ...others] = memberships
  if (only !== undefined && others.length === 0) return sql<PageRow<Table>>`${page(sql`${only.workspaceId}`)}`
  const ids = memberships.map(({ workspaceId }) => workspaceId)
  if (request.isNarrow === true) {
    return sql<PageRow<Table>>`
      select ${columns} from ${sql.table(table)} where ${workspace} = any(${ids}::text[]) ${also}
      order by ${key} ${direction}, ${id} ${direction}, ${workspace} ${direction} limit ${limit + 1}`
  }
  return sql<PageRow<Table>>`
    select page.* from unnest(${ids}::text[]) as workspace(id) cross join lateral (${page(sql`workspace.id`)}) page
    order by page.key ${direction}, page.id ${direction}, page."workspaceId" ${direction} limit ${limit + 1}`
}

/** What comes after a cursor. The first condition is one that an index can begin at. */
function beyond<Table extends RecordTable>(
  { after, table, sort, descending }: PageRequest<Table>,
  key: RawBuilder<unknown>,
): readonly RawBuilder<unknown>[] {
  if (after === undefined) return []
  const [value, id, workspaceId] = after
  const [inclusive, exclusive] = descending === true ? [sql`<=`, sql`<`] : [sql`>=`, sql`>`]
  const from = sql`${value}::${sql.raw(sort[1])}`
  const place = sql.ref(`${table}.id`)
  return [
    sql`(${key}, ${place}) ${inclusive} (${from}, ${id})`,
    sql`(${key}, ${place}, ${sql.ref(`${table}.workspace_id`)}) ${exclusive} (${from}, ${id}, ${workspaceId})`,
  ]
}

function keyOf(key: string | number | Date): string | number {
  return key instanceof Date ? key.toISOString() : key
}
