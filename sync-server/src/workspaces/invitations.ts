import { createHash, randomBytes } from 'node:crypto'
import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type {
  CreateInvitationRequest,
  InvitationPreview,
  InvitationResponse,
  InvitedRole,
} from '@questlog/shared/protocol/members'
import { isAtLeast, type Role } from '@questlog/shared/protocol/workspaces'
import { ulid } from 'ulidx'
import type { Database } from '../db/tables.ts'
import { lockWorkspace } from './members.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const MAX_OPEN_INVITATIONS = 100
const MAX_MAILED_A_DAY = 50

/** An invitation just made; only its hash is kept. */
export interface NewInvitation {
  readonly invitation: InvitationResponse
  readonly token: string
}

/** Makes an invitation to a party, for a role that is not above the inviter's. */
export async function createInvitation(
  transaction: Database,
  inviter: { readonly workspaceId: string; readonly userId: string; readonly role: Role },
  request: Omit<CreateInvitationRequest, 'email'> & { readonly email: string | null },
  now: number,
): Promise<Result<NewInvitation, 'forbidden' | 'not-a-party' | 'not-found' | 'too-many-invitations'>> {
  const workspace = await lockWorkspace(transaction, inviter.workspaceId)
  if (workspace === undefined) return err('not-found')
  if (workspace.kind === 'personal') return err('not-a-party')
  if (!isAtLeast(inviter.role, request.role)) return err('forbidden')
  if (await hasTooMany(transaction, inviter, request.email !== null, now)) return err('too-many-invitations')
  const token = randomBytes(32).toString('base64url')
  const row = {
    id: ulid(now),
    workspace_id: inviter.workspaceId,
    role: request.role,
    token_hash: hashOf(token),
    email: request.email,
    created_by: inviter.userId,
    created_at: new Date(now),
    expires_at: new Date(now + request.expiresInDays * DAY_MS),
    max_uses: request.email === null ? request.maxUses : 1,
    revoked_at: null,
  }
  await transaction.insertInto('invitations').values(row).execute()
  return ok({ invitation: invitationFrom({ ...row, uses: 0 }), token })
}

/** The invitations that can still be used, the newest first. There are at most a hundred. */
export async function listInvitations(db: Database, workspaceId: string, now: number): Promise<InvitationResponse[]> {
  const rows = await openInvitations(db, now)
    .selectAll('invitations')
    .where('invitations.workspace_id', '=', workspaceId)
    .orderBy('invitations.id', 'desc')
    .execute()
  return rows.map(invitationFrom)
}

/** Takes an invitation back; false when there is none to take back. */
export async function revokeInvitation(
  transaction: Database,
  { workspaceId, invitationId }: { readonly workspaceId: string; readonly invitationId: string },
  now: number,
): Promise<boolean> {
  const revoked = await transaction
    .updateTable('invitations')
    .set({ revoked_at: new Date(now) })
    .where('id', '=', invitationId)
    .where('workspace_id', '=', workspaceId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return revoked.numUpdatedRows === 1n
}

/** What whoever holds an invitation may know before they accept it; undefined for one that cannot be used. */
export async function previewInvitation(
  db: Database,
  token: string,
  now: number,
): Promise<InvitationPreview | undefined> {
  const row = await openInvitations(db, now)
    .innerJoin('workspaces', 'workspaces.id', 'invitations.workspace_id')
    .innerJoin('users', 'users.id', 'invitations.created_by')
    .select([
      'workspaces.name',
      'users.display_name',
      'invitations.role',
      'invitations.expires_at',
      'inviter.role as inviter_role',
    ])
    .where('invitations.token_hash', '=', hashOf(token))
    .executeTakeFirst()
  if (row === undefined || !mayInvite(row.inviter_role, row.role)) return undefined
  return {
    workspaceName: row.name,
    inviterName: row.display_name,
    role: row.role,
    expiresAt: row.expires_at.toISOString(),
  }
}

/** A use of an invitation. */
export interface Acceptance {
  readonly workspaceId: string
  readonly invitationId: string
  readonly role: Role
  /** False for somebody who belonged to the party already, whose role stays and who uses nothing up. */
  readonly hasJoined: boolean
}

/**
 * Makes a user a member by an invitation, whoever it was sent to. It counts only while its inviter may still invite to
 * that role, and never for those who left or were removed after it was made.
 */
export async function acceptInvitation(
  transaction: Database,
  user: { readonly userId: string; readonly token: string },
  now: number,
): Promise<Result<Acceptance, 'invitation-invalid'>> {
  const hash = hashOf(user.token)
  const found = await transaction
    .selectFrom('invitations')
    .select('workspace_id')
    .where('token_hash', '=', hash)
    .executeTakeFirst()
  // Members change under the workspace's lock, invitations are counted under it too.
  if (found === undefined || (await lockWorkspace(transaction, found.workspace_id)) === undefined) {
    return err('invitation-invalid')
  }
  const invitation = await openInvitations(transaction, now)
    .selectAll('invitations')
    .select('inviter.role as inviter_role')
    .where('invitations.token_hash', '=', hash)
    .executeTakeFirst()
  if (invitation === undefined || !mayInvite(invitation.inviter_role, invitation.role)) return err('invitation-invalid')
  const { id: invitationId, workspace_id: workspaceId, role } = invitation
  const known = await transaction
    .selectFrom('memberships')
    .select('role')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', user.userId)
    .executeTakeFirst()
  if (known !== undefined) return ok({ workspaceId, invitationId, role: known.role, hasJoined: false })
  const former = await transaction
    .selectFrom('former_members')
    .select('left_at')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', user.userId)
    .executeTakeFirst()
  if (former !== undefined && former.left_at >= invitation.created_at) return err('invitation-invalid')
  await transaction
    .insertInto('memberships')
    .values({ workspace_id: workspaceId, user_id: user.userId, role, joined_at: new Date(now) })
    .execute()
  await transaction
    .updateTable('invitations')
    .set((column) => ({ uses: column('uses', '+', 1) }))
    .where('id', '=', invitationId)
    .execute()
  return ok({ workspaceId, invitationId, role, hasJoined: true })
}

function openInvitations(db: Database, now: number) {
  return db
    .selectFrom('invitations')
    .innerJoin('memberships as inviter', (join) =>
      join
        .onRef('inviter.workspace_id', '=', 'invitations.workspace_id')
        .onRef('inviter.user_id', '=', 'invitations.created_by'),
    )
    .where('invitations.revoked_at', 'is', null)
    .where('invitations.expires_at', '>', new Date(now))
    .where((where) =>
      where.or([
        where('invitations.max_uses', 'is', null),
        where('invitations.uses', '<', where.ref('invitations.max_uses')),
      ]),
    )
}

/** An invitation is its inviter's word, and worth what that is worth today. */
function mayInvite(inviter: Role, role: InvitedRole): boolean {
  return isAtLeast(inviter, 'admin') && isAtLeast(inviter, role)
}

async function hasTooMany(
  transaction: Database,
  inviter: { readonly workspaceId: string; readonly userId: string },
  isMailed: boolean,
  now: number,
): Promise<boolean> {
  if ((await listInvitations(transaction, inviter.workspaceId, now)).length >= MAX_OPEN_INVITATIONS) return true
  if (!isMailed) return false
  // Those taken back count as well: what is counted is mails to strangers.
  const { mailed } = await transaction
    .selectFrom('invitations')
    .select((select) => select.fn.countAll<string>().as('mailed'))
    .where('created_by', '=', inviter.userId)
    .where('created_at', '>', new Date(now - DAY_MS))
    // What is dated further ahead was sent before the clock was set back.
    .where('created_at', '<', new Date(now + DAY_MS))
    .where('email', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(mailed) >= MAX_MAILED_A_DAY
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

function invitationFrom(row: {
  readonly id: string
  readonly role: InvitedRole
  readonly email: string | null
  readonly created_by: string
  readonly created_at: Date
  readonly expires_at: Date
  readonly max_uses: number | null
  readonly uses: number
}): InvitationResponse {
  return {
    id: row.id,
    role: row.role,
    email: row.email,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    maxUses: row.max_uses,
    uses: row.uses,
  }
}
