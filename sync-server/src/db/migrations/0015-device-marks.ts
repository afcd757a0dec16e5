import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Secrets that every server of a database shares and that nobody chooses, by what they are for. */
export const deviceMarks: Migration = {
  name: '0015-device-marks',
  async up(transaction) {
    await sql`create table shared_secrets (
      name text collate "C" primary key,
      value bytea not null
    )`.execute(transaction)
  },
}
