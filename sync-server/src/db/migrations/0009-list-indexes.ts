import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Indexes for the lists of quests by what is rare among them. */
export const listIndexes: Migration = {
  name: '0009-list-indexes',
  async up(transaction) {
    await sql`create index quests_by_category on quests (workspace_id, category_id)
      where category_id is not null`.execute(transaction)
    await sql`create index quests_blocked on quests (workspace_id, rank, id)
      where deleted_at is null and blocked`.execute(transaction)
  },
}
