import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Membership } from '../access/access-rule.ts'
import type { Database } from '../db/tables.ts'
import { cursorInstantSchema, cursorTextSchema } from '../http/pagination.ts'
import { answeredRecord, type FoundRecord, foundColumns, type RecordTable } from './find-record.ts'

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
  /** The column to sort by; `none` is the value of records without one, which come last whichever way the others go. */
  readonly sort: { readonly column: string; readonly type: SortType; readonly none?: string | number }
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
export function pageQuery<Table extends RecordTable>(request: PageRequest<Table>): RawBuilder<PageRow<Table>> {
  const { table, memberships } = request
  const workspace = sql.ref(`${table}.workspace_id`)
  const ids = memberships.map(({ workspaceId }) => workspaceId)
  const [only, ...others] = ids
  const columns = foundColumns(table)
  if (only !== undefined && others.length === 0) return firstOf(request, columns, sql`${workspace} = ${only}`, false)
  if (request.isNarrow === true) return firstOf(request, columns, sql`${workspace} = any(${ids}::text[])`, true)
  // What is of each workspace is mostly not on the page.
  const raw = sql`${sql.ref(`${table}.record`)}, ${sql.ref(`${table}.seq`)}, ${workspace} as "workspaceId"`
  const page = firstOf(request, raw, sql`${workspace} = workspace.id`, false)
  return sql`select page.id, ${answeredRecord('page')} as record, page."workspaceId", page.key
    from unnest(${ids}::text[]) as workspace(id) cross join lateral (${page}) page ${inOrder(request)}`
}

/** The first rows of some workspaces that the page may hold, in its order. */
function firstOf<Table extends RecordTable>(
  request: PageRequest<Table>,
  columns: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
  isOfSeveral: boolean,
): RawBuilder<PageRow<Table>> {
  const { table, sort, descending = false, conditions, limit } = request
  const [key, id, workspace] = [sort.column, 'id', 'workspace_id'].map((name) => sql.ref(`${table}.${name}`))
  const direction = descending ? sql`desc` : sql`asc`
  const order = [key, id, ...(isOfSeveral ? [workspace] : [])].map((each) => sql`${each} ${direction}`)
  const runs = runsOf(request).map(
    (run) => sql<PageRow<Table>>`
      select ${id}, ${columns}, ${key} as key from ${sql.table(table)}
      where ${sql.join([where, ...conditions, ...run], sql` and `)}
      order by ${sql.join(order)} limit ${limit + 1}`,
  )
  const [first, ...others] = runs
  if (first !== undefined && others.length === 0) return first
  return sql`select page.* from (${sql.join(
    runs.map((run) => sql`(${run})`),
    sql` union all `,
  )}) page ${inOrder(request)}`
}

/** The order and the end of a page, of rows named `page`. */
function inOrder<Table extends RecordTable>({ sort, descending, limit }: PageRequest<Table>): RawBuilder<unknown> {
  const direction = descending === true ? sql`desc` : sql`asc`
  const noneLast = sort.none === undefined ? sql`` : sql`page.key = ${sqlValue(sort, sort.none)}, `
  return sql`order by ${noneLast}page.key ${direction}, page.id ${direction}, page."workspaceId" ${direction} limit ${limit + 1}`
}

/**
 * The conditions of what comes after the cursor, once for each run of rows that an index has in order: where the last
 * values come first, those without one are a run of their own behind the others.
 */
function runsOf<Table extends RecordTable>(request: PageRequest<Table>): readonly (readonly RawBuilder<unknown>[])[] {
  const { table, sort, descending = false, after } = request
  if (!descending || sort.none === undefined) return [beyond(request)]
  const key = sql.ref(`${table}.${sort.column}`)
  const none = sqlValue(sort, sort.none)
  const isNone = sql`${key} = ${none}`
  if (after?.[0] === sort.none) return [[isNone, ...beyond(request)]]
  return [[sql`${key} < ${none}`, ...beyond(request)], [isNone]]
}

/** What comes after a cursor. The first condition is one that an index can begin at. */
function beyond<Table extends RecordTable>({
  after,
  table,
  sort,
  descending,
}: PageRequest<Table>): readonly RawBuilder<unknown>[] {
  if (after === undefined) return []
  const [value, id, workspaceId] = after
  const [inclusive, exclusive] = descending === true ? [sql`<=`, sql`<`] : [sql`>=`, sql`>`]
  const [key, place, workspace] = [sort.column, 'id', 'workspace_id'].map((name) => sql.ref(`${table}.${name}`))
  const from = sqlValue(sort, value)
  return [
    sql`(${key}, ${place}) ${inclusive} (${from}, ${id})`,
    sql`(${key}, ${place}, ${workspace}) ${exclusive} (${from}, ${id}, ${workspaceId})`,
  ]
}

function sqlValue({ type }: { readonly type: SortType }, value: string | number): RawBuilder<unknown> {
  return sql`${value}::${sql.raw(type)}`
}

function keyOf(key: string | number | Date): string | number {
  return key instanceof Date ? key.toISOString() : key
}
