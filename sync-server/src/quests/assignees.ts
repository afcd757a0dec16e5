import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type { Database } from '../db/tables.ts'
import { HttpProblem } from '../http/http-problem.ts'

/** The accounts of some that are members of a workspace. */
export async function membersToAssign(
  db: Database,
  workspaceId: string,
  assignees: readonly string[] = [],
): Promise<ReadonlySet<string>> {
  if (assignees.length === 0) return new Set()
  const members = await db
    .selectFrom('memberships')
    .select('user_id')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', 'in', [...assignees])
    .execute()
  return new Set(members.map(({ user_id }) => user_id))
}

/** Refuses to assign a quest to somebody who is not a member. Those who left the workspace may stay assigned. */
export function checkAssignees(
  members: ReadonlySet<string>,
  assignees: readonly string[] = [],
  assigned: ReadonlySet<string> = new Set(),
  prefix = '',
): Result<void, HttpProblem> {
  if (assignees.every((userId) => members.has(userId) || assigned.has(userId))) return ok(undefined)
  const message = 'names somebody who is not a member'
  return err(new HttpProblem('invalid-request', [{ path: `${prefix}assignees`, message }]))
}
