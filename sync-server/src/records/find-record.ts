import type { FastifyRequest } from 'fastify'
import { type RawBuilder, sql } from 'kysely'
import type { Membership } from '../access/access-rule.ts'
import { requireMembership } from '../access/enforce-access.ts'
import type { ReadModelTables } from '../db/tables/read-model.ts'
import type { Database } from '../db/tables.ts'
import { HttpProblem } from '../http/http-problem.ts'
import type { RecordDeps } from './record-deps.ts'

/** The tables that REST reads records from. */
export type RecordTable = Exclude<keyof ReadModelTables, 'activity' | 'read_cursors'>

/** A record as REST answers with it. */
export type AnsweredRecord<Table extends RecordTable> = ReadModelTables[Table]['record'] & { readonly version: string }

export interface FoundRecord<Table extends RecordTable> {
  readonly workspaceId: string
  readonly record: AnsweredRecord<Table>
}

/** The columns of a `FoundRecord`. */
export function foundColumns(table: RecordTable): RawBuilder<unknown> {
  return sql`${answeredRecord(table)} as record, ${sql.ref(`${table}.workspace_id`)} as "workspaceId"`
}

/** An `AnsweredRecord` of a row. It is a copy of the record, and takes as long as one. */
export function answeredRecord(table: string): RawBuilder<unknown> {
  return sql`${sql.ref(`${table}.record`)} || jsonb_build_object('version', ${sql.ref(`${table}.seq`)}::text)`
}

/** The record of an id in the first of some workspaces that has it, as the rows say now. */
export async function findRecord<Table extends RecordTable>(
  db: Database,
  table: Table,
  id: string,
  workspaceIds: readonly string[],
): Promise<FoundRecord<Table> | undefined> {
  const [only, ...others] = workspaceIds
  if (only === undefined) return undefined
  const ids = [...workspaceIds]
  const place = others.length === 0 ? sql`workspace_id = ${only}` : sql`workspace_id = any(${ids}::text[])`
  const first = others.length === 0 ? sql`` : sql`order by array_position(${ids}::text[], workspace_id) limit 1`
  const { rows } = await sql<FoundRecord<Table>>`
    select ${foundColumns(table)} from ${sql.table(table)} where id = ${id} and ${place} ${first}
  `.execute(db)
  return rows[0]
}

/** Those of some records of a workspace that are there, by id. */
export async function findRecords<Table extends RecordTable>(
  db: Database,
  table: Table,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FoundRecord<Table>>> {
  const { rows } = await sql<FoundRecord<Table> & { readonly id: string }>`
    select id, ${foundColumns(table)} from ${sql.table(table)}
    where workspace_id = ${workspaceId} and id = any(${[...new Set(ids)]}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * The record with an id in the first workspace of the caller that has it and shows it to them; guests see only the
 * quests assigned to them. Hidden records count as missing, so that no answer can tell them from ones that do not
 * exist.
 */
export async function findShownRecord<Table extends RecordTable>(
  db: Database,
  caller: { readonly userId: string; readonly memberships: readonly Membership[] },
  table: Table,
  id: string,
): Promise<FoundRecord<Table> | undefined> {
  const { userId, memberships } = caller
  const idsOf = (asGuest: boolean) =>
    memberships.filter(({ role }) => (role === 'guest') === asGuest).map(({ workspaceId }) => workspaceId)
  const [open, guarded] = [idsOf(false), table === 'quests' ? idsOf(true) : []]
  if (guarded.length === 0) return findRecord(db, table, id, open)
  const { rows } = await sql<FoundRecord<Table>>`
    select ${foundColumns(table)} from ${sql.table(table)}
    where id = ${id} and (workspace_id = any(${open}::text[])
      or workspace_id = any(${guarded}::text[]) and assignees @> ${[userId]}::text[])
    order by array_position(${memberships.map(({ workspaceId }) => workspaceId)}::text[], workspace_id) limit 1
  `.execute(db)
  return rows[0]
}

/** A record for an answer, as it is now. Refuses as the route's rule does; a record that is nowhere is `not-found`. */
export async function readRecord<Table extends RecordTable>(
  { db, store }: RecordDeps,
  request: FastifyRequest,
  table: Table,
  id: string,
): Promise<FoundRecord<Table>> {
  await store.catchUp(request.memberships.map(({ workspaceId }) => workspaceId))
  const found = await findShownRecord(db, whoAsks(request), table, id)
  if (found === undefined) throw new HttpProblem('not-found')
  requireMembership(request, found.workspaceId)
  return found
}

/** The workspace of a record that is to be written, under the route's rule. What the write finds there is for it to see. */
export async function locateRecord(
  { db, store }: RecordDeps,
  request: FastifyRequest,
  table: RecordTable,
  id: string,
): Promise<string> {
  const { memberships } = request
  const catchUp = () => store.catchUp(memberships.map(({ workspaceId }) => workspaceId))
  // A guest sees what is assigned to them now.
  const isGuest = memberships.some(({ role }) => role === 'guest')
  if (isGuest) await catchUp()
  let found = await findShownRecord(db, whoAsks(request), table, id)
  if (found === undefined && !isGuest) {
    await catchUp()
    found = await findShownRecord(db, whoAsks(request), table, id)
  }
  if (found === undefined) throw new HttpProblem('not-found')
  return requireMembership(request, found.workspaceId).workspaceId
}

function whoAsks({ caller, memberships }: FastifyRequest) {
  return { userId: caller.userId, memberships }
}
