import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** The host each passkey is bound to; null for those from before it was kept, until the server starts with its own. */
export const passkeyHosts: Migration = {
  name: '0016-passkey-hosts',
  async up(transaction) {
    await sql`alter table passkeys add column rp_id text`.execute(transaction)
  },
}
