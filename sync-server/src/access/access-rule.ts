import { isAtLeast, type Role } from '@questlog/shared/protocol/workspaces'

/** What an API key was made for; each contains the ones before it. A session has them all. */
export type Scope = 'read' | 'write' | 'admin'

export interface WorkspaceRule {
  readonly who: 'workspace'
  readonly least: Role
  /** Guests may use it too, of quests assigned to them: the handler sees to that. */
  readonly guests?: 'assigned'
  readonly scope: Scope
  readonly sessionOnly?: true
}

export interface UserRule {
  readonly who: 'user'
  readonly scope: Scope
  readonly sessionOnly?: true
  /** API keys for one workspace may use it too: the route keeps to that workspace. */
  readonly narrows?: true
}

/** Whether a rule lets a role in. */
export function isAdmitted(rule: Pick<WorkspaceRule, 'least' | 'guests'>, role: Role): boolean {
  return isAtLeast(role, rule.least) || (role === 'guest' && rule.guests !== undefined)
}

/** Who may use a route. */
export type AccessRule =
  | { readonly who: 'anyone' }
  | UserRule
  /**
   * Members with at least this role. A workspace named in the path, the query or the body is checked before the
   * handler runs; of a record's id the handler finds the workspace among `request.memberships` and asks
   * `requireMembership`.
   */
  | WorkspaceRule
  | { readonly who: 'instance-admin' }

/** Who sends a request. */
export interface Caller {
  readonly userId: string
  readonly scopes: ReadonlySet<Scope>
  /** The signed-in device; null for an API key. */
  readonly session: { readonly familyId: string } | null
  readonly apiKeyId: string | null
  /** The only workspace an API key is for; null for all of its user's. */
  readonly onlyWorkspaceId: string | null
  readonly isInstanceAdmin: boolean
}

/** What a caller is in one workspace. */
export interface Membership {
  readonly workspaceId: string
  readonly kind: 'personal' | 'party'
  readonly role: Role
}
