import { sql } from 'kysely'
import type { Database } from '../db/tables.ts'
import type { FollowerStep } from '../follower/follower-step.ts'
import { ROWS_VERSION } from './indexers/indexers.ts'
import type { WorkspaceStore } from './workspace-store.ts'

/** Has the rows follow edits by themselves, so that a read seldom finds anything left to do. */
export function followRows(deps: {
  readonly db: Database
  readonly store: Pick<WorkspaceStore, 'catchUp'>
}): FollowerStep {
  return {
    name: 'rows',
    follow: (workspaceId) => deps.store.catchUp([workspaceId]),
    async findBehind(afterId, limit) {
      // ';' follows ':' in ASCII: a range that the primary key serves.
      const { rows } = await sql<{ id: string }>`
        select workspaces.id from workspaces
        left join read_cursors cursor on cursor.workspace_id = workspaces.id
        join lateral (
          select epoch, seq from doc_heads
          where doc >= 'w:' || workspaces.id || ':' and doc < 'w:' || workspaces.id || ';'
          order by epoch desc limit 1
        ) head on head.seq > 0
        where workspaces.id > ${afterId} and (cursor.workspace_id is null or cursor.epoch < head.epoch
          or cursor.seq < head.seq or cursor.version < ${ROWS_VERSION})
        order by workspaces.id limit ${limit}`.execute(deps.db)
      return rows.map(({ id }) => id)
    },
  }
}
