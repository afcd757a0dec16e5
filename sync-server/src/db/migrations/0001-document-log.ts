import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/** The update log, the truth of every document. */
export const documentLog: Migration = {
  name: '0001-document-log',
  async up(transaction) {
    await sql`select 1`.execute(transaction)
  },
}
