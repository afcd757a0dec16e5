import type { AdminUser } from '@questlog/shared/protocol/admin'
import { sql } from 'kysely'
import type { Database } from '../db/tables.ts'

/** A page of accounts, the newest first; `text` narrows to addresses and names that contain it. */
export async function listUsers(
  db: Database,
  filter: { readonly text: string | undefined; readonly limit: number; readonly after: string | undefined },
): Promise<{ readonly items: AdminUser[]; readonly next: string | null }> {
  let query = db.selectFrom('users').select(['id', 'email', 'display_name', 'created_at', 'disabled_at'])
  if (filter.text !== undefined) {
    const pattern = `%${filter.text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
    query = query.where(sql<boolean>`(email like ${pattern} or lower(display_name) like ${pattern})`)
  }
  if (filter.after !== undefined) query = query.where('id', '<', filter.after)
  const rows = await query
    .select((select) => [
      select
        .selectFrom('token_families')
        .select((count) => count.fn.countAll<string>().as('n'))
        .whereRef('token_families.user_id', '=', 'users.id')
        .where('token_families.ended_at', 'is', null)
        .as('sessions'),
      select
        .selectFrom('memberships')
        .select((count) => count.fn.countAll<string>().as('n'))
        .whereRef('memberships.user_id', '=', 'users.id')
        .as('workspaces'),
    ])
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()
  const items = rows.slice(0, filter.limit).map((row) => ({
    id: row.id,
    email: row.email,
    displayName: row.display_name,
    createdAt: row.created_at.toISOString(),
    disabledAt: row.disabled_at?.toISOString() ?? null,
    sessions: Number(row.sessions),
    workspaces: Number(row.workspaces),
  }))
  return { items, next: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null }
}

/**
 * Keeps an account from being used: its devices are signed out, its API keys are worth nothing, and it cannot sign in.
 * Nothing of it is deleted. Answers the families that ended; undefined when there is no such account.
 */
export async function disableUser(
  transaction: Database,
  userId: string,
  now: number,
): Promise<readonly string[] | undefined> {
  const disabled = await transaction
    .updateTable('users')
    .set({ disabled_at: new Date(now) })
    .where('id', '=', userId)
    .executeTakeFirst()
  if (disabled.numUpdatedRows === 0n) return undefined
  const ended = await transaction
    .updateTable('token_families')
    .set({ ended_at: new Date(now), ended_by: 'revoked' })
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .returning('id')
    .execute()
  return ended.map(({ id }) => id)
}

/** Lets a disabled account be used again; false when there is no such account. */
export async function enableUser(transaction: Database, userId: string): Promise<boolean> {
  const enabled = await transaction
    .updateTable('users')
    .set({ disabled_at: null })
    .where('id', '=', userId)
    .executeTakeFirst()
  return enabled.numUpdatedRows === 1n
}
