import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type { MemberResponse } from '@questlog/shared/protocol/members'
import { isAtLeast, type Role, roleSchema } from '@questlog/shared/protocol/workspaces'
import { sql } from 'kysely'
import type { Database } from '../db/tables.ts'

/** Who asks for a change among the members of a party. */
export interface MemberChange {
  readonly workspaceId: string
  readonly actorId: string
  readonly userId: string
}

export type MemberError = 'not-found' | 'forbidden' | 'last-owner' | 'not-a-party'

interface Position {
  readonly actor: Role
  readonly subject: Role
  readonly owners: number
}

/**
 * A page of members, the most powerful first, then by how long they belong. E-mail addresses are told to owners and
 * administrators, and to everybody their own.
 */
export async function listMembers(
  db: Database,
  viewer: { readonly workspaceId: string; readonly userId: string; readonly role: Role },
  page: { readonly limit: number; readonly after: readonly [number, string] | undefined },
): Promise<{ readonly items: MemberResponse[]; readonly next: readonly [number, string] | null }> {
  const power = sql<number>`array_position(${[...roleSchema.options]}::text[], memberships.role)`
  let query = db
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .select(['users.id', 'users.display_name', 'users.email', 'memberships.role', 'memberships.joined_at'])
    .where('memberships.workspace_id', '=', viewer.workspaceId)
  if (page.after !== undefined) {
    const [afterPower, afterId] = page.after
    query = query.where(sql<boolean>`(-${power}, users.id) > (-${afterPower}::int, ${afterId})`)
  }
  const rows = await query
    .orderBy(sql`-${power}`)
    .orderBy('users.id')
    .limit(page.limit + 1)
    .execute()
  const seesEmails = isAtLeast(viewer.role, 'admin')
  const items = rows.slice(0, page.limit).map((row) => ({
    userId: row.id,
    displayName: row.display_name,
    email: seesEmails || row.id === viewer.userId ? row.email : null,
    role: row.role,
    joinedAt: row.joined_at.toISOString(),
  }))
  const last = items.at(-1)
  const hasMore = rows.length > page.limit && last !== undefined
  return { items, next: hasMore ? [roleSchema.options.indexOf(last.role) + 1, last.userId] : null }
}

/** Gives a member another role, never above the actor's own, nor to somebody above the actor. Answers the role before. */
export async function changeRole(
  transaction: Database,
  change: MemberChange & { readonly role: Role },
): Promise<Result<Role, MemberError>> {
  const position = await lockPosition(transaction, change)
  if (!position.ok) return position
  const { actor, subject, owners } = position.value
  if (!isAtLeast(actor, subject) || !isAtLeast(actor, change.role)) return err('forbidden')
  if (subject === 'owner' && change.role !== 'owner' && owners === 1) return err('last-owner')
  await setRole(transaction, change.workspaceId, change.userId, change.role)
  return ok(subject)
}

/** Removes a member, or oneself. Answers the role they had. */
export async function removeMember(
  transaction: Database,
  change: MemberChange,
  now: number,
): Promise<Result<Role, MemberError>> {
  const position = await lockPosition(transaction, change)
  if (!position.ok) return position
  const { actor, subject, owners } = position.value
  const isOneself = change.actorId === change.userId
  if (!isOneself && (!isAtLeast(actor, 'admin') || !isAtLeast(actor, subject))) return err('forbidden')
  if (subject === 'owner' && owners === 1) return err('last-owner')
  await transaction
    .deleteFrom('memberships')
    .where('workspace_id', '=', change.workspaceId)
    .where('user_id', '=', change.userId)
    .execute()
  await transaction
    .insertInto('former_members')
    .values({ workspace_id: change.workspaceId, user_id: change.userId, left_at: new Date(now) })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id']).doUpdateSet({ left_at: new Date(now) }))
    .execute()
  return ok(subject)
}

/** Makes a member the owner in place of the actor, who becomes an administrator. */
export async function transferOwnership(
  transaction: Database,
  change: MemberChange,
): Promise<Result<void, MemberError>> {
  const position = await lockPosition(transaction, change)
  if (!position.ok) return position
  if (position.value.actor !== 'owner') return err('forbidden')
  if (change.actorId === change.userId) return ok(undefined)
  await setRole(transaction, change.workspaceId, change.userId, 'owner')
  await setRole(transaction, change.workspaceId, change.actorId, 'admin')
  return ok(undefined)
}

/** The roles as they stand, for one change at a time: what is decided on them holds until the transaction ends. */
async function lockPosition(
  transaction: Database,
  { workspaceId, actorId, userId }: MemberChange,
): Promise<Result<Position, MemberError>> {
  const workspace = await lockWorkspace(transaction, workspaceId)
  if (workspace === undefined) return err('not-found')
  const members = await transaction
    .selectFrom('memberships')
    .select(['user_id', 'role'])
    .where('workspace_id', '=', workspaceId)
    .where((where) => where.or([where('user_id', 'in', [actorId, userId]), where('role', '=', 'owner')]))
    .execute()
  const roleOf = (id: string) => members.find((member) => member.user_id === id)?.role
  const actor = roleOf(actorId)
  const subject = roleOf(userId)
  if (actor === undefined || subject === undefined) return err('not-found')
  if (workspace.kind === 'personal') return err('not-a-party')
  return ok({ actor, subject, owners: members.filter((member) => member.role === 'owner').length })
}

/** Locks a workspace's row, under which its members change; undefined when it does not exist. */
export function lockWorkspace(transaction: Database, workspaceId: string) {
  return transaction
    .selectFrom('workspaces')
    .select(['id', 'kind', 'name'])
    .where('id', '=', workspaceId)
    .forUpdate()
    .executeTakeFirst()
}

async function setRole(transaction: Database, workspaceId: string, userId: string, role: Role): Promise<void> {
  await transaction
    .updateTable('memberships')
    .set({ role })
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .execute()
}
