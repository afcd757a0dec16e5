import type { SignedInDevice } from '@questlog/shared/protocol/account'
import type { EventOrigin } from '../audit/security-events.ts'
import { recordSecurityEvent } from '../audit/security-events.ts'
import type { Database } from '../db/tables.ts'
import { endFamilies } from './refresh-tokens.ts'

export interface DeviceDeps {
  readonly db: Database
  readonly now: () => number
  readonly onFamilyEnded: (familyId: string) => void
}

interface Caller {
  readonly userId: string
  readonly familyId: string
}

/** The devices a person is signed in on, the one used last first. */
export async function listDevices(
  deps: Pick<DeviceDeps, 'db' | 'now'>,
  caller: { readonly userId: string; readonly familyId: string | null },
): Promise<SignedInDevice[]> {
  const rows = await deps.db
    .selectFrom('token_families')
    .selectAll()
    .where('user_id', '=', caller.userId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', new Date(deps.now()))
    .orderBy('rotated_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    client: row.client,
    deviceName: row.device_name,
    userAgent: row.user_agent,
    network: row.address,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.rotated_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    current: row.id === caller.familyId,
  }))
}

/** Gives one of a person's devices a name, or takes it away; false where they have no such device. */
export async function renameDevice(
  db: Database,
  { userId }: Pick<Caller, 'userId'>,
  familyId: string,
  deviceName: string | null,
): Promise<boolean> {
  const renamed = await db
    .updateTable('token_families')
    .set({ device_name: deviceName })
    .where('id', '=', familyId)
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return renamed.numUpdatedRows === 1n
}

/** Signs one of a person's devices out; false where they have no such device. */
export async function endDevice(
  deps: DeviceDeps,
  caller: Caller,
  familyId: string,
  origin: EventOrigin,
): Promise<boolean> {
  const now = deps.now()
  const isEnded = await deps.db.transaction().execute(async (transaction) => {
    const ended = await transaction
      .updateTable('token_families')
      .set({ ended_at: new Date(now), ended_by: 'revoked' })
      .where('id', '=', familyId)
      .where('user_id', '=', caller.userId)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    if (ended.numUpdatedRows !== 1n) return false
    const details = { session: familyId }
    await recordSecurityEvent(transaction, { kind: 'session-ended', at: now, origin, userId: caller.userId, details })
    return true
  })
  if (isEnded) deps.onFamilyEnded(familyId)
  return isEnded
}

/** Signs all of a person's devices out but the one that asks. */
export async function endOtherDevices(deps: DeviceDeps, caller: Caller, origin: EventOrigin): Promise<void> {
  const now = deps.now()
  const ended = await deps.db.transaction().execute(async (transaction) => {
    const families = await endFamilies(transaction, caller.userId, { except: caller.familyId, by: 'revoked', now })
    for (const session of families) {
      const event = { kind: 'session-ended', at: now, origin, userId: caller.userId, details: { session } } as const
      await recordSecurityEvent(transaction, event)
    }
    return families
  })
  for (const familyId of ended) deps.onFamilyEnded(familyId)
}
