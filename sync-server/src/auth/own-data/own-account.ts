import type { AccountResponse, UpdateAccountRequest } from '@questlog/shared/protocol/account'
import type { Database } from '../../db/tables.ts'

/** A person's own account; undefined once it was deleted. */
export async function readAccount(
  db: Database,
  userId: string,
): Promise<Omit<AccountResponse, 'sendsMail'> | undefined> {
  const row = await db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst()
  if (row === undefined) return undefined
  return {
    id: row.id,
    email: row.email,
    emailVerified: row.email_verified_at !== null,
    displayName: row.display_name,
    createdAt: row.created_at.toISOString(),
    hasPassword: row.password_hash !== null,
  }
}

/** Changes what a person may change of their account by themselves. */
export async function updateAccount(db: Database, userId: string, change: UpdateAccountRequest): Promise<void> {
  await db.updateTable('users').set({ display_name: change.displayName }).where('id', '=', userId).execute()
}
