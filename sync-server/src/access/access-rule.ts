import type { Role } from '@questlog/shared/protocol/workspaces'

/** What an API key was made for; each contains the ones before it. A session has them all. */
export type Scope = 'read' | 'write' | 'admin'

/** Who may use a route. */
export type AccessRule =
  | { readonly who: 'anyone' }
  | { readonly who: 'user'; readonly scope: Scope; readonly sessionOnly?: true }
  /**
   * Members with at least this role. A workspace named in the path, the query or the body is checked before the
   * handler runs; of a record's id the handler finds the workspace among `request.memberships` and asks
   * `requireMembership`.
   */
  | { readonly who: 'workspace'; readonly least: Role; readonly scope: Scope; readonly sessionOnly?: true }
  | { readonly who: 'instance-admin' }

/** Who sends a request. */
export interface Caller {
  readonly userId: string
  readonly scopes: ReadonlySet<Scope>
  /** The signed-in device; null for an API key. */
  readonly session: { readonly familyId: string } | null
  readonly apiKeyId: string | null
  readonly isInstanceAdmin: boolean
}

/** What a caller is in one workspace. */
export interface Membership {
  readonly workspaceId: string
  readonly kind: 'personal' | 'party'
  readonly role: Role
}
