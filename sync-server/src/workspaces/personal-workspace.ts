import type { SessionUser } from '@questlog/shared/protocol/auth'
import { ulid } from 'ulidx'
import type { Database } from '../db/tables.ts'

/**
 * Gives a user the personal workspace, under the id of the one made offline where that id is free. An id somebody
 * else claimed first is passed over silently: the device finds a new, empty workspace and offers to merge.
 */
export async function createPersonalWorkspace(
  db: Database,
  owner: {
    readonly user: Pick<SessionUser, 'id' | 'displayName'>
    readonly id: string | undefined
    readonly now: number
  },
): Promise<string> {
  const name = owner.user.displayName
  const claimed =
    owner.id !== undefined &&
    (await insertWorkspace(db, { id: owner.id, name, kind: 'personal', userId: owner.user.id, now: owner.now }))
  if (claimed && owner.id !== undefined) return owner.id
  const id = ulid(owner.now)
  await insertWorkspace(db, { id, name, kind: 'personal', userId: owner.user.id, now: owner.now })
  return id
}

/** Inserts a workspace and its owner; false when the id is taken, or was by one that is deleted. */
export async function insertWorkspace(
  db: Database,
  workspace: {
    readonly id: string
    readonly name: string
    readonly kind: 'personal' | 'party'
    readonly userId: string
    readonly now: number
  },
): Promise<boolean> {
  const deleted = await db
    .selectFrom('deleted_workspaces')
    .select('id')
    .where('id', '=', workspace.id)
    .executeTakeFirst()
  if (deleted !== undefined) return false
  const inserted = await db
    .insertInto('workspaces')
    .values({
      id: workspace.id,
      kind: workspace.kind,
      name: workspace.name,
      created_by: workspace.userId,
      created_at: new Date(workspace.now),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows !== 1n) return false
  await db
    .insertInto('memberships')
    .values({ workspace_id: workspace.id, user_id: workspace.userId, role: 'owner' })
    .execute()
  return true
}
