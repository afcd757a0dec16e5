import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type {
  ApiKeyResponse,
  ApiKeyScope,
  CreateApiKeyRequest,
  CreatedApiKey,
} from '@questlog/shared/protocol/api-keys'
import { sql } from 'kysely'
import { ulid } from 'ulidx'
import type { Scope } from '../access/access-rule.ts'
import { isWithin } from '../clock/within.ts'
import type { Database } from '../db/tables.ts'

/** Who a key speaks for, and how far it reaches. */
export interface ApiKeyClaims {
  readonly apiKeyId: string
  readonly userId: string
  readonly scopes: ReadonlySet<Scope>
  /** The only workspace it is for; null for all of its user's. */
  readonly onlyWorkspaceId: string | null
}

/** Every key begins with this, so that secret scanners know one when they see it. */
export const API_KEY_PREFIX = 'qlk_'

const MAX_KEYS = 50
const USE_KEPT_MS = 60_000

const scopesOf: Readonly<Record<ApiKeyScope, ReadonlySet<Scope>>> = {
  read: new Set<Scope>(['read']),
  write: new Set<Scope>(['read', 'write']),
  admin: new Set<Scope>(['read', 'write', 'admin']),
}

/** Whom a key speaks for, unless it was revoked, has ended, or its account was disabled. Its use is noted to the minute. */
export async function authenticateApiKey(
  deps: { readonly db: Database; readonly now: () => number },
  key: string,
): Promise<Result<ApiKeyClaims, 'signed-out'>> {
  const [, id, secret] = /^qlk_([0-7][0-9A-HJKMNP-TV-Z]{25})_([\w-]{43})$/.exec(key) ?? []
  if (id === undefined || secret === undefined) return err('signed-out')
  const row = await deps.db
    .selectFrom('api_keys')
    .innerJoin('users', 'users.id', 'api_keys.user_id')
    .selectAll('api_keys')
    .where('api_keys.id', '=', id)
    .where('users.disabled_at', 'is', null)
    .executeTakeFirst()
  // The secret has 256 random bits: one round of hashing is all it takes.
  if (row === undefined || !timingSafeEqual(row.secret_hash, hashOf(secret))) return err('signed-out')
  const now = deps.now()
  if (row.expires_at !== null && row.expires_at.getTime() <= now) return err('signed-out')
  if (row.last_used_at === null || !isWithin(USE_KEPT_MS, row.last_used_at, now)) {
    await deps.db
      .updateTable('api_keys')
      .set({ last_used_at: new Date(now) })
      .where('id', '=', id)
      .execute()
  }
  return ok({
    apiKeyId: id,
    userId: row.user_id,
    scopes: scopesOf[row.scope],
    onlyWorkspaceId: row.workspace_id,
  })
}

/** Makes a key; its text is in the answer and nowhere else. `not-found`: the workspace is none of the user's. */
export async function createApiKey(
  transaction: Database,
  userId: string,
  request: CreateApiKeyRequest,
  now: number,
): Promise<Result<CreatedApiKey, 'too-many-api-keys' | 'not-found'>> {
  await sql`select 1 from users where id = ${userId} for update`.execute(transaction)
  if ((await listApiKeys(transaction, userId)).length >= MAX_KEYS) return err('too-many-api-keys')
  if (request.workspaceId !== null) {
    const membership = await transaction
      .selectFrom('memberships')
      .select('role')
      .where('user_id', '=', userId)
      .where('workspace_id', '=', request.workspaceId)
      .executeTakeFirst()
    if (membership === undefined) return err('not-found')
  }
  const secret = randomBytes(32).toString('base64url')
  const row = {
    id: ulid(now),
    user_id: userId,
    name: request.name,
    secret_hash: hashOf(secret),
    scope: request.scope,
    workspace_id: request.workspaceId,
    created_at: new Date(now),
    expires_at: request.expiresAt === null ? null : new Date(request.expiresAt),
    last_used_at: null,
  }
  await transaction.insertInto('api_keys').values(row).execute()
  return ok({ ...apiKeyFrom(row), key: `${API_KEY_PREFIX}${row.id}_${secret}` })
}

/** A user's keys, the newest first, the ended ones among them. */
export async function listApiKeys(db: Database, userId: string): Promise<ApiKeyResponse[]> {
  const rows = await db.selectFrom('api_keys').selectAll().where('user_id', '=', userId).orderBy('id', 'desc').execute()
  return rows.map(apiKeyFrom)
}

/** Removes a key, which is worth nothing from then on; false when the user has no such key. */
export async function revokeApiKey(
  transaction: Database,
  { userId, apiKeyId }: { readonly userId: string; readonly apiKeyId: string },
): Promise<boolean> {
  const removed = await transaction
    .deleteFrom('api_keys')
    .where('id', '=', apiKeyId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return removed.numDeletedRows === 1n
}

/** Removes all of a user's keys; which they were. */
export async function revokeAllApiKeys(transaction: Database, userId: string): Promise<readonly string[]> {
  const removed = await transaction.deleteFrom('api_keys').where('user_id', '=', userId).returning('id').execute()
  return removed.map(({ id }) => id)
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

function apiKeyFrom(row: {
  readonly id: string
  readonly name: string
  readonly scope: ApiKeyScope
  readonly workspace_id: string | null
  readonly created_at: Date
  readonly expires_at: Date | null
  readonly last_used_at: Date | null
}): ApiKeyResponse {
  return {
    id: row.id,
    name: row.name,
    scope: row.scope,
    workspaceId: row.workspace_id,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }
}
