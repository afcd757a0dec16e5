import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/**
 * Finds removals among all other activity: removed records, those put into the Trash, and notes that lost most of their
 * text. `removedCondition` of the activity must say the same for the index to serve it.
 */
export const removedActivity: Migration = {
  name: '0011-removed-activity',
  async up(transaction) {
    await sql`create index activity_removed on activity (workspace_id, seq, n)
      where change = 'removed' or (field = 'deletedAt' and after is not null)`.execute(transaction)
    await sql`create index activity_restores on activity (workspace_id, seq) where kind = 'workspace'`.execute(
      transaction,
    )
  },
}
