import type { TableName } from '@questlog/shared/domain/kernel/record-write'
import { isTableName } from '@questlog/shared/domain/kernel/record-write'
import { sql } from 'kysely'
import type { Database } from '../db/tables.ts'
import { WORKSPACE } from '../read-model/projecting/activity.ts'
import type { WorkspaceSeq } from '../read-model/workspace-store.ts'

/** The ids of the records that restores after some moment have brought back, by table. */
export type BroughtBack = ReadonlyMap<TableName, ReadonlySet<string>>

/** Reads them from the activity. */
export async function readBroughtBack(db: Database, workspaceId: string, since: WorkspaceSeq): Promise<BroughtBack> {
  const { rows } = await sql<{ kind: string; record_id: string }>`
    select kind, record_id from activity
    where workspace_id = ${workspaceId} and change = 'created' and seq in (
      select seq from activity where workspace_id = ${workspaceId} and kind = ${WORKSPACE} and record_id = ${workspaceId}
        and seq > ${since}
    )`.execute(db)
  const ids = new Map<TableName, Set<string>>()
  for (const { kind, record_id } of rows) {
    if (isTableName(kind)) ids.set(kind, (ids.get(kind) ?? new Set()).add(record_id))
  }
  return ids
}

/** Whether a record is one of them. */
export function isBroughtBack(broughtBack: BroughtBack, table: TableName, id: string): boolean {
  return broughtBack.get(table)?.has(id) ?? false
}
