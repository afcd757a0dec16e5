import { err, ok, type Result } from '@questlog/shared/domain/result'
import type { LoginRequest, RegisterRequest, SessionUser } from '@questlog/shared/protocol/auth'
import { ulid } from 'ulidx'
import type { Database } from '../db/tables.ts'
import { createPersonalWorkspace } from '../workspaces/personal-workspace.ts'
import type { AccessTokens } from './access-tokens.ts'
import { isCommonPassword } from './common-passwords.ts'
import { normaliseEmail } from './normalise-email.ts'
import type { Passwords } from './passwords.ts'
import {
  endFamily,
  endFamilyOfToken,
  type RefreshDeps,
  type RefreshSession,
  rotateRefreshToken,
  startFamily,
} from './refresh-tokens.ts'

export interface AccountsDeps {
  readonly db: Database
  readonly now: () => number
  readonly passwords: Passwords
  readonly accessTokens: AccessTokens
  readonly refresh: Omit<RefreshDeps, 'db' | 'now'>
  readonly registration: 'open' | 'closed'
  /** Cuts off the device's connections, here and on other nodes. */
  readonly onFamilyEnded: (familyId: string) => void
}

/** A device signed in. */
export interface Session {
  readonly user: SessionUser
  readonly client: 'browser' | 'native'
  readonly accessToken: string
  readonly expiresIn: number
  readonly refreshToken: string
}

export type RegisterError =
  | 'busy'
  | 'registration-closed'
  | 'registration-refused'
  | 'email-malformed'
  | 'password-common'

/**
 * Makes an account with its personal workspace and signs it in. Without mail there is no second step to hide behind,
 * so an address that is taken is refused; its own password signs in instead, which makes a repeated request whose
 * first answer got lost harmless. Both ways cost one unit of password work.
 */
export async function register(deps: AccountsDeps, request: RegisterRequest): Promise<Result<Session, RegisterError>> {
  if (deps.registration === 'closed') return err('registration-closed')
  const email = normaliseEmail(request.email)
  if (email === null) return err('email-malformed')
  if (isCommonPassword(request.password) || request.password.toLowerCase() === email) return err('password-common')

  const existing = await findUser(deps.db, email)
  if (existing !== undefined) {
    const matches = await deps.passwords.matches(existing.passwordHash, request.password)
    if (!matches.ok) return matches
    return matches.value ? ok(await signIn(deps, existing.user, request.client)) : err('registration-refused')
  }
  const hashed = await deps.passwords.hash(request.password)
  if (!hashed.ok) return hashed
  const user: SessionUser = { id: ulid(deps.now()), email, displayName: request.displayName }
  const created = await deps.db.transaction().execute(async (transaction) => {
    const inserted = await transaction
      .insertInto('users')
      .values({
        id: user.id,
        email,
        display_name: user.displayName,
        password_hash: hashed.value,
        created_at: new Date(deps.now()),
      })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .executeTakeFirst()
    if (inserted.numInsertedOrUpdatedRows !== 1n) return false
    await createPersonalWorkspace(transaction, { user, id: request.workspaceId, now: deps.now() })
    return true
  })
  return created ? ok(await signIn(deps, user, request.client)) : err('registration-refused')
}

/** Signs a device in. An unknown address answers, and costs, the same as a wrong password. */
export async function login(
  deps: AccountsDeps,
  request: LoginRequest,
): Promise<Result<Session, 'busy' | 'invalid-credentials'>> {
  const email = normaliseEmail(request.email)
  const known = email === null ? undefined : await findUser(deps.db, email)
  const matches = await deps.passwords.matches(known?.passwordHash, request.password)
  if (!matches.ok) return matches
  return known !== undefined && matches.value
    ? ok(await signIn(deps, known.user, request.client))
    : err('invalid-credentials')
}

/** Exchanges a refresh token; a stolen or repeated one ends the device's whole family. */
export async function refresh(deps: AccountsDeps, token: string): Promise<Result<Session, 'signed-out'>> {
  const rotated = await rotateRefreshToken({ db: deps.db, now: deps.now, ...deps.refresh }, token)
  if (!rotated.ok) {
    if (rotated.error.kind === 'reused') deps.onFamilyEnded(rotated.error.familyId)
    return err('signed-out')
  }
  const row = await deps.db
    .selectFrom('users')
    .select(['id', 'email', 'display_name'])
    .where('id', '=', rotated.value.userId)
    .executeTakeFirst()
  if (row === undefined) return err('signed-out')
  return ok(await sessionOf(deps, { id: row.id, email: row.email, displayName: row.display_name }, rotated.value))
}

/** Signs a device out, by its refresh token or by its family; unknown tokens are none of anybody's business. */
export async function logout(
  deps: AccountsDeps,
  device: { readonly refreshToken?: string | undefined; readonly familyId?: string | undefined },
): Promise<void> {
  if (device.familyId !== undefined) {
    await endFamily(deps.db, device.familyId, 'logout', deps.now())
    deps.onFamilyEnded(device.familyId)
  }
  const familyId = device.refreshToken === undefined ? null : await endFamilyOfToken(deps, device.refreshToken)
  if (familyId !== null && familyId !== device.familyId) deps.onFamilyEnded(familyId)
}

async function signIn(deps: AccountsDeps, user: SessionUser, client: 'browser' | 'native'): Promise<Session> {
  const family = await startFamily({ db: deps.db, now: deps.now, ...deps.refresh }, { userId: user.id, client })
  return sessionOf(deps, user, family)
}

async function sessionOf(deps: AccountsDeps, user: SessionUser, family: RefreshSession): Promise<Session> {
  const { token, expiresIn } = await deps.accessTokens.issue({ userId: user.id, familyId: family.familyId })
  return { user, client: family.client, accessToken: token, expiresIn, refreshToken: family.refreshToken }
}

async function findUser(
  db: Database,
  email: string,
): Promise<{ readonly user: SessionUser; readonly passwordHash: string | undefined } | undefined> {
  const row = await db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst()
  if (row === undefined) return undefined
  return {
    user: { id: row.id, email: row.email, displayName: row.display_name },
    passwordHash: row.password_hash ?? undefined,
  }
}
