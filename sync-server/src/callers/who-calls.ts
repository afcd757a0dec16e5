import type { FastifyRequest } from 'fastify'
import type { Caller, Scope } from '../access/access-rule.ts'
import { API_KEY_PREFIX, authenticateApiKey } from '../api-keys/api-keys.ts'
import type { Authenticate } from '../auth/authenticate.ts'
import { bearerToken } from '../auth/bearer.ts'
import type { Database } from '../db/tables.ts'

export interface CallerDeps {
  readonly db: Database
  readonly now: () => number
  readonly authenticate: Authenticate
  /** In the spelling accounts are stored in. */
  readonly adminEmails: readonly string[]
  /** Whether administrators must have proved that the address is theirs: where mail is sent, they can. */
  readonly verifiesEmails: boolean
}

const SESSION_SCOPES: ReadonlySet<Scope> = new Set<Scope>(['read', 'write', 'admin'])

/** Who sends a request, by the token of its `Authorization` header; null without one that holds. */
export async function whoCalls(deps: CallerDeps, request: FastifyRequest): Promise<Caller | null> {
  const token = bearerToken(request)
  if (token === undefined) return null
  if (token.startsWith(API_KEY_PREFIX)) return keyCaller(deps, token)
  const claims = await deps.authenticate(token)
  if (!claims.ok) return null
  const { userId, familyId } = claims.value
  return {
    userId,
    scopes: SESSION_SCOPES,
    session: { familyId },
    apiKeyId: null,
    onlyWorkspaceId: null,
    isInstanceAdmin: await isInstanceAdmin(deps, userId),
  }
}

async function keyCaller(deps: CallerDeps, key: string): Promise<Caller | null> {
  const claims = await authenticateApiKey(deps, key)
  return claims.ok ? { ...claims.value, session: null, isInstanceAdmin: false } : null
}

async function isInstanceAdmin(deps: CallerDeps, userId: string): Promise<boolean> {
  if (deps.adminEmails.length === 0) return false
  const row = await deps.db
    .selectFrom('users')
    .select('email_verified_at')
    .where('id', '=', userId)
    .where('email', 'in', deps.adminEmails)
    .executeTakeFirst()
  return row !== undefined && (row.email_verified_at !== null || !deps.verifiesEmails)
}
