import type { Database } from '../db/tables.ts'
import type { Membership } from './access-rule.ts'

/** What a user is in one workspace, or in all of theirs: the personal one first, then by age. */
export async function loadMemberships(
  db: Database,
  userId: string,
  workspaceId?: string | undefined,
): Promise<readonly Membership[]> {
  let query = db
    .selectFrom('memberships')
    .innerJoin('workspaces', 'workspaces.id', 'memberships.workspace_id')
    .select(['workspaces.id', 'workspaces.kind', 'memberships.role'])
    .where('memberships.user_id', '=', userId)
  if (workspaceId !== undefined) query = query.where('memberships.workspace_id', '=', workspaceId)
  const rows = await query
    .orderBy((expression) => expression('workspaces.kind', '=', 'party'))
    .orderBy('workspaces.replaced')
    .orderBy('workspaces.created_at')
    .orderBy('workspaces.id')
    .execute()
  return rows.map(({ id, kind, role }) => ({ workspaceId: id, kind, role }))
}
