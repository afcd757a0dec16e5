import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { ulid } from 'ulidx'
import { isWithin } from '../clock/within.ts'
import type { Database } from '../db/tables.ts'
import type { SignInDevice } from './request-origin.ts'

/**
 * A refresh token is `family.generation.secret.mac`. The database knows the hash of the newest secret only. The mac
 * proves that a token was once issued, so a stolen old one is told from a guess without keeping every old hash. The
 * next secret is derived from the last, so a repeated refresh gets the same successor and a family never forks.
 */
interface ParsedToken {
  readonly familyId: string
  readonly generation: number
  readonly secret: Buffer
  readonly mac: Buffer
}

/** A device's session after its token was issued or exchanged. */
export interface RefreshSession {
  readonly userId: string
  readonly familyId: string
  readonly client: 'browser' | 'native'
  readonly refreshToken: string
}

export type RefreshFailure =
  | { readonly kind: 'unknown' | 'expired' | 'ended' }
  /** A token came back after its successor was due: somebody else holds a copy. The family is over. */
  | { readonly kind: 'reused'; readonly familyId: string; readonly userId: string }

/** Why a device is signed out: by its person, by theft, from another device, or because the password changed. */
export type FamilyEnd = 'logout' | 'reuse' | 'revoked' | 'password'

export interface RefreshDeps {
  readonly db: Database
  readonly now: () => number
  readonly lifeMs: number
  /** How long the last token but one is exchanged again: for tabs at the same time, and answers that got lost. */
  readonly graceMs: number
}

/** Begins a family of tokens: one signed-in device. */
export async function startFamily(
  deps: RefreshDeps,
  {
    device,
    ...owner
  }: { readonly userId: string; readonly client: 'browser' | 'native'; readonly device?: SignInDevice },
): Promise<RefreshSession> {
  const familyId = ulid(deps.now())
  const familySecret = randomBytes(32)
  const secret = randomBytes(32)
  const now = new Date(deps.now())
  await deps.db
    .insertInto('token_families')
    .values({
      id: familyId,
      user_id: owner.userId,
      client: owner.client,
      secret: familySecret,
      generation: 1,
      token_hash: sha256(secret),
      rotated_at: now,
      expires_at: new Date(deps.now() + deps.lifeMs),
      created_at: now,
      ended_at: null,
      ended_by: null,
      authenticated_at: now,
      device_name: device?.name ?? null,
      user_agent: device?.userAgent ?? null,
      address: device?.network ?? null,
    })
    .execute()
  return { ...owner, familyId, refreshToken: formatToken(familyId, 1, secret, familySecret) }
}

/** Exchanges a token for its successor, once. See `RefreshFailure` for what a second time means. */
export async function rotateRefreshToken(
  deps: RefreshDeps,
  token: string,
): Promise<Result<RefreshSession, RefreshFailure>> {
  const parsed = parseToken(token)
  if (parsed === null) return err({ kind: 'unknown' })
  return deps.db.transaction().execute(async (transaction) => {
    const family = await transaction
      .selectFrom('token_families')
      .selectAll()
      .where('id', '=', parsed.familyId)
      .forUpdate()
      .executeTakeFirst()
    if (family === undefined || !timingSafeEqual(parsed.mac, macOf(parsed, family.secret))) {
      return err({ kind: 'unknown' })
    }
    if (family.ended_at !== null) return err({ kind: 'ended' })
    const now = deps.now()
    if (family.expires_at.getTime() <= now) return err({ kind: 'expired' })

    const successor = createHmac('sha256', family.secret).update('successor').update(parsed.secret).digest()
    const next = (generation: number): Result<RefreshSession, never> =>
      ok({
        userId: family.user_id,
        familyId: family.id,
        client: family.client,
        refreshToken: formatToken(family.id, generation, successor, family.secret),
      })

    if (parsed.generation === family.generation && sha256(parsed.secret).equals(family.token_hash)) {
      const generation = family.generation + 1
      await transaction
        .updateTable('token_families')
        .set({
          generation,
          token_hash: sha256(successor),
          rotated_at: new Date(now),
          expires_at: new Date(now + deps.lifeMs),
        })
        .where('id', '=', family.id)
        .execute()
      return next(generation)
    }
    const repeated = parsed.generation === family.generation - 1 && sha256(successor).equals(family.token_hash)
    if (repeated && isWithin(deps.graceMs, family.rotated_at, now)) return next(family.generation)

    await endFamily(transaction, family.id, 'reuse', now)
    return err({ kind: 'reused', familyId: family.id, userId: family.user_id })
  })
}

/** Ends the family a token belongs to, whatever its generation; answers the family's id, or null for an unknown token. */
export async function endFamilyOfToken(deps: Pick<RefreshDeps, 'db' | 'now'>, token: string): Promise<string | null> {
  const parsed = parseToken(token)
  if (parsed === null) return null
  const family = await deps.db
    .selectFrom('token_families')
    .select('secret')
    .where('id', '=', parsed.familyId)
    .executeTakeFirst()
  if (family === undefined || !timingSafeEqual(parsed.mac, macOf(parsed, family.secret))) return null
  await endFamily(deps.db, parsed.familyId, 'logout', deps.now())
  return parsed.familyId
}

/** Ends a family; one already ended stays as it was. */
export async function endFamily(db: Database, familyId: string, by: FamilyEnd, now: number): Promise<void> {
  await db
    .updateTable('token_families')
    .set({ ended_at: new Date(now), ended_by: by })
    .where('id', '=', familyId)
    .where('ended_at', 'is', null)
    .execute()
}

/** Ends all families of a user but the one given; answers which, so that their connections can be cut once it is committed. */
export async function endFamilies(
  db: Database,
  userId: string,
  end: { readonly except: string | null; readonly by: FamilyEnd; readonly now: number },
): Promise<readonly string[]> {
  let ending = db
    .updateTable('token_families')
    .set({ ended_at: new Date(end.now), ended_by: end.by })
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
  if (end.except !== null) ending = ending.where('id', '!=', end.except)
  return (await ending.returning('id').execute()).map(({ id }) => id)
}

/** Whether a device is still signed in and its account may be used; asked at each connect and request, so that both hold at once. */
export async function isFamilyActive(db: Database, familyId: string): Promise<boolean> {
  const row = await db
    .selectFrom('token_families')
    .innerJoin('users', 'users.id', 'token_families.user_id')
    .select('token_families.id')
    .where('token_families.id', '=', familyId)
    .where('token_families.ended_at', 'is', null)
    .where('users.disabled_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Removes families whose tokens have all expired. */
export async function forgetExpiredFamilies(deps: Pick<RefreshDeps, 'db' | 'now'>): Promise<void> {
  await deps.db.deleteFrom('token_families').where('expires_at', '<', new Date(deps.now())).execute()
}

function formatToken(familyId: string, generation: number, secret: Buffer, familySecret: Buffer): string {
  const mac = macOf({ familyId, generation, secret }, familySecret)
  return `${familyId}.${generation}.${secret.toString('base64url')}.${mac.toString('base64url')}`
}

function parseToken(token: string): ParsedToken | null {
  const match = /^([0-9A-Z]{26})\.([1-9][0-9]{0,8})\.([\w-]{43})\.([\w-]{43})$/.exec(token)
  const [, familyId, generation, secret, mac] = match ?? []
  if (familyId === undefined || secret === undefined || mac === undefined) return null
  return {
    familyId,
    generation: Number(generation),
    secret: Buffer.from(secret, 'base64url'),
    mac: Buffer.from(mac, 'base64url'),
  }
}

function macOf(token: Omit<ParsedToken, 'mac'>, familySecret: Buffer): Buffer {
  return createHmac('sha256', familySecret)
    .update(`issued.${token.familyId}.${token.generation}.`)
    .update(token.secret)
    .digest()
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}
