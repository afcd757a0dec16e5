import { isFoundIn } from '@questlog/shared/domain/kernel/fold-text'
import type { AdminUser } from '@questlog/shared/protocol/admin'
import type { Database } from '../db/tables.ts'

/** A page of accounts, the newest first; `text` narrows to addresses and names that contain it, however accented. */
export async function listUsers(
  db: Database,
  filter: { readonly text: string | undefined; readonly limit: number; readonly after: string | undefined },
): Promise<{ readonly items: AdminUser[]; readonly next: string | null }> {
  const ids = await findUsers(db, filter)
  const shown = ids.slice(0, filter.limit)
  const items = shown.length === 0 ? [] : await describeUsers(db, shown)
  return { items, next: ids.length > filter.limit ? (shown.at(-1) ?? null) : null }
}

const SCANNED_AT_ONCE = 1000

/** One account more than asked for, if there are. Texts are folded here: the database folds others than the app. */
async function findUsers(
  db: Database,
  { text, limit, after }: Parameters<typeof listUsers>[1],
): Promise<readonly string[]> {
  const found: string[] = []
  const size = text === undefined ? limit + 1 : SCANNED_AT_ONCE
  let before = after
  while (true) {
    let query = db.selectFrom('users').select(['id', 'email', 'display_name']).orderBy('id', 'desc').limit(size)
    if (before !== undefined) query = query.where('id', '<', before)
    const rows = await query.execute()
    for (const row of rows) {
      if (text === undefined || isFoundIn(text, row.email) || isFoundIn(text, row.display_name)) found.push(row.id)
    }
    before = rows.at(-1)?.id
    if (rows.length < size || found.length > limit) return found.slice(0, limit + 1)
  }
}

async function describeUsers(db: Database, ids: readonly string[]): Promise<AdminUser[]> {
  const rows = await db
    .selectFrom('users')
    .select(['id', 'email', 'display_name', 'created_at', 'disabled_at'])
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
    .where('id', 'in', ids)
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    displayName: row.display_name,
    createdAt: row.created_at.toISOString(),
    disabledAt: row.disabled_at?.toISOString() ?? null,
    sessions: Number(row.sessions),
    workspaces: Number(row.workspaces),
  }))
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
