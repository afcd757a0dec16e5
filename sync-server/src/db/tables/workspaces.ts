import type { Role, WorkspaceKind } from '@questlog/shared/protocol/workspaces'
import type { Generated } from 'kysely'

interface WorkspacesTable {
  readonly id: string
  readonly kind: WorkspaceKind
  readonly name: string
  /** Null once the account is deleted. */
  readonly created_by: string | null
  readonly created_at: Date
  /** A personal workspace that gave way to one made offline; listed only if something was written to it after all. */
  readonly replaced: Generated<boolean>
}

interface MembershipsTable {
  readonly workspace_id: string
  readonly user_id: string
  readonly role: Role
  readonly joined_at: Generated<Date>
}

/** Who left or was removed: they come back with an invitation made after that only. */
interface FormerMembersTable {
  readonly workspace_id: string
  readonly user_id: string
  readonly left_at: Date
}

/** Ids that are never given again. */
interface DeletedWorkspacesTable {
  readonly id: string
  readonly at: Date
}

interface InvitationsTable {
  readonly id: string
  readonly workspace_id: string
  readonly role: Exclude<Role, 'owner'>
  /** SHA-256 of the token. */
  readonly token_hash: Buffer
  /** Where it was addressed to one person; whoever holds the link may use it all the same. */
  readonly email: string | null
  readonly created_by: string
  readonly created_at: Date
  readonly expires_at: Date
  readonly max_uses: number | null
  readonly uses: Generated<number>
  readonly revoked_at: Date | null
}

export interface WorkspaceTables {
  readonly workspaces: WorkspacesTable
  readonly memberships: MembershipsTable
  readonly former_members: FormerMembersTable
  readonly deleted_workspaces: DeletedWorkspacesTable
  readonly invitations: InvitationsTable
}
