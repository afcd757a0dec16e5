import type { SessionUser } from '@questlog/shared/protocol/auth'
import { recordSecurityEvent } from '../audit/security-events.ts'
import type { Database } from '../db/tables.ts'
import type { AccessTokens } from './access-tokens.ts'
import { type RefreshDeps, type RefreshSession, startFamily } from './refresh-tokens.ts'
import type { RequestOrigin } from './request-origin.ts'

export interface SignInDeps {
  readonly db: Database
  readonly now: () => number
  readonly accessTokens: AccessTokens
  readonly refresh: Omit<RefreshDeps, 'db' | 'now'>
}

/** A device signed in. */
export interface Session {
  readonly user: SessionUser
  readonly client: 'browser' | 'native'
  /** The sign-in that it goes on with. */
  readonly familyId: string
  readonly accessToken: string
  readonly expiresIn: number
  readonly refreshToken: string
}

/** Why somebody who proved one thing is not signed in yet. */
export type SignInRefusal =
  | { readonly kind: 'second-factor-required'; readonly challenge: string }
  | 'account-disabled'
  | 'challenge-expired'

/** Signs a device in whose person has proved who they are. */
export async function signIn(
  deps: SignInDeps,
  user: SessionUser,
  how: {
    readonly client: 'browser' | 'native'
    readonly origin: RequestOrigin
    readonly method: 'registration' | 'password' | 'second-factor' | 'passkey' | 'provider'
  },
): Promise<Session> {
  const { client, origin, method } = how
  const family = await deps.db.transaction().execute(async (transaction) => {
    const started = await startFamily(
      { now: deps.now, ...deps.refresh, db: transaction },
      { userId: user.id, client, device: origin.device },
    )
    await recordSecurityEvent(transaction, {
      kind: 'signed-in',
      at: deps.now(),
      origin: { ...origin.event, actorId: user.id, sessionId: started.familyId },
      userId: user.id,
      details: { method },
    })
    return started
  })
  return sessionOf(deps, user, family)
}

/** The tokens of a device's session as it stands. */
export async function sessionOf(
  deps: Pick<SignInDeps, 'accessTokens'>,
  user: SessionUser,
  family: RefreshSession,
): Promise<Session> {
  const { token, expiresIn } = await deps.accessTokens.issue({ userId: user.id, familyId: family.familyId })
  return {
    user,
    client: family.client,
    familyId: family.familyId,
    accessToken: token,
    expiresIn,
    refreshToken: family.refreshToken,
  }
}

/** What a session says of its user. */
export function sessionUser(row: {
  readonly id: string
  readonly email: string
  readonly display_name: string
  readonly email_verified_at: Date | null
}): SessionUser {
  return {
    id: row.id,
    email: row.email,
    displayName: row.display_name,
    emailVerified: row.email_verified_at !== null,
  }
}
