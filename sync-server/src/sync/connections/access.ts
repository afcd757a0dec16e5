/** Who a valid token speaks for. */
export interface Principal {
  readonly userId: string
  readonly familyId: string
  readonly expiresAtMs: number
}

export type Role = 'owner' | 'admin' | 'member' | 'viewer'

/**
 * What one document connection may do. One object for the life of the connection, changed in place on renewal: Hocuspocus
 * replaces its context object after a token sync, and whoever holds the old one would keep the old rights.
 */
export interface Access {
  principal: Principal
  role: Role
}
