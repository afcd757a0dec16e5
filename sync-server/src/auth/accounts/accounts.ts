import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type { LoginRequest, RegisterRequest, SessionUser } from '@questlog/shared/protocol/auth'
import { ulid } from 'ulidx'
import { recordSecurityEvent } from '../../audit/security-events.ts'
import type { Database } from '../../db/tables.ts'
import { createPersonalWorkspace } from '../../workspaces/personal-workspace.ts'
import type { AccountMail } from '../account-mail.ts'
import { isGuessable } from '../common-passwords.ts'
import { accountSpelling, readEmail } from '../email-spelling.ts'
import type { DeviceMarks } from '../known-devices/device-marks.ts'
import type { Passwords } from '../passwords.ts'
import { endFamily, endFamilyOfToken, rotateRefreshToken } from '../refresh-tokens.ts'
import type { RequestOrigin } from '../request-origin.ts'
import { type Session, type SignInRefusal, sessionOf, sessionUser } from '../sign-in.ts'
import type { Attempt, CountedAttempt, SignInThrottle, TooManyAttempts } from '../sign-in-throttle.ts'
import { type CompleteSignInDeps, completeSignIn } from '../ways-in/complete-sign-in.ts'

export interface AccountsDeps extends CompleteSignInDeps {
  readonly passwords: Passwords
  readonly throttle: SignInThrottle
  readonly deviceMarks: DeviceMarks
  readonly registration: 'open' | 'closed'
  /** Undefined where the server sends no mail. */
  readonly mail: AccountMail | undefined
  /** Cuts off the device's connections, here and on other nodes. */
  readonly onFamilyEnded: (familyId: string) => void
}

export type RegisterError =
  | 'busy'
  | 'registration-closed'
  | 'registration-refused'
  | 'email-malformed'
  | 'password-common'
  | SignInRefusal
  | TooManyAttempts

/**
 * Makes an account with its personal workspace and signs it in. The answer holds a session, so there is no second step to
 * hide behind: an address that is taken is refused, and its owner told where mail is sent. Its own password signs in
 * instead, which makes a repeated request whose first answer got lost harmless. Both ways cost one unit of password work.
 */
export async function register(
  deps: AccountsDeps,
  request: RegisterRequest,
  origin: RequestOrigin,
): Promise<Result<Session, RegisterError>> {
  if (deps.registration === 'closed') return err('registration-closed')
  const email = readEmail(request.email)
  if (email === null) return err('email-malformed')
  if (await isGuessable(request.password, { email, displayName: request.displayName })) return err('password-common')
  const attempt = attemptAt(deps, email, origin)
  const begun = await deps.throttle.begin(attempt)
  if (!begun.ok) return begun

  const existing = await findUser(deps.db, email)
  if (existing !== undefined) {
    const matches = await deps.passwords.matches(existing.passwordHash, request.password)
    if (!matches.ok) return tellBusy(deps, begun.value)
    if (matches.value) return enter(deps, existing.user.id, begun.value, request.client, origin)
    await refuseRegistration(deps, email, origin)
    return err('registration-refused')
  }
  const hashed = await deps.passwords.hash(request.password)
  if (!hashed.ok) return tellBusy(deps, begun.value)
  const user = await insertUser(deps, request, { email, passwordHash: hashed.value }, origin)
  if (user === null) return err('registration-refused')
  return enter(deps, user.id, begun.value, request.client, origin)
}

/** Signs a device in. An unknown address answers, and costs, the same as a wrong password. */
export async function login(
  deps: AccountsDeps,
  request: LoginRequest,
  origin: RequestOrigin,
): Promise<Result<Session, 'busy' | 'invalid-credentials' | SignInRefusal | TooManyAttempts>> {
  const email = accountSpelling(request.email)
  const attempt = attemptAt(deps, email ?? '', origin)
  const begun = await deps.throttle.begin(attempt)
  if (!begun.ok) return begun
  const known = email === null ? undefined : await findUser(deps.db, email)
  const matches = await deps.passwords.matches(known?.passwordHash, request.password)
  if (!matches.ok) return tellBusy(deps, begun.value)
  if (known !== undefined && matches.value) return enter(deps, known.user.id, begun.value, request.client, origin)
  await recordSecurityEvent(deps.db, {
    kind: 'sign-in-failed',
    at: deps.now(),
    origin: origin.event,
    userId: known?.user.id ?? null,
  })
  return err('invalid-credentials')
}

/** Exchanges a refresh token; a stolen or repeated one ends the device's whole family. */
export async function refresh(
  deps: AccountsDeps,
  token: string,
  origin: RequestOrigin,
): Promise<Result<Session, 'signed-out'>> {
  const rotated = await rotateRefreshToken({ db: deps.db, now: deps.now, ...deps.refresh }, token)
  if (!rotated.ok) {
    if (rotated.error.kind === 'reused') {
      const { familyId, userId } = rotated.error
      deps.onFamilyEnded(familyId)
      await recordSecurityEvent(deps.db, {
        kind: 'refresh-token-reused',
        at: deps.now(),
        origin: { ...origin.event, sessionId: familyId },
        userId,
      })
    }
    return err('signed-out')
  }
  const row = await deps.db
    .selectFrom('users')
    .select(['id', 'email', 'display_name', 'email_verified_at'])
    .where('id', '=', rotated.value.userId)
    .executeTakeFirst()
  if (row === undefined) return err('signed-out')
  return ok(await sessionOf(deps, sessionUser(row), rotated.value))
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

function attemptAt({ deviceMarks }: AccountsDeps, email: string, { address, marks }: RequestOrigin): Attempt {
  return { email, address, device: deviceMarks.signInOf(marks, email) }
}

/** An attempt the server had no time for is none. */
async function tellBusy(deps: AccountsDeps, attempt: CountedAttempt): Promise<Result<never, 'busy'>> {
  await deps.throttle.withdraw(attempt)
  return err('busy')
}

/** The end of every way in by password. */
async function enter(
  deps: AccountsDeps,
  userId: string,
  attempt: CountedAttempt,
  client: 'browser' | 'native',
  origin: RequestOrigin,
): Promise<Result<Session, SignInRefusal>> {
  await deps.throttle.succeeded(attempt)
  return completeSignIn(deps, { userId, factors: 'one' }, { client, origin, method: 'password' })
}

async function insertUser(
  deps: AccountsDeps,
  request: RegisterRequest,
  { email, passwordHash }: { readonly email: string; readonly passwordHash: string },
  origin: RequestOrigin,
): Promise<SessionUser | null> {
  const now = deps.now()
  const user: SessionUser = { id: ulid(now), email, displayName: request.displayName, emailVerified: false }
  return deps.db.transaction().execute(async (transaction) => {
    const inserted = await transaction
      .insertInto('users')
      .values({
        id: user.id,
        email,
        display_name: user.displayName,
        password_hash: passwordHash,
        created_at: new Date(now),
      })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .executeTakeFirst()
    if (inserted.numInsertedOrUpdatedRows !== 1n) return null
    await createPersonalWorkspace(transaction, { user, id: request.workspaceId, now })
    const by = { ...origin.event, actorId: user.id }
    await recordSecurityEvent(transaction, { kind: 'registered', at: now, origin: by, userId: user.id })
    await deps.mail?.order(transaction, {
      kind: 'confirm-address',
      to: email,
      userId: user.id,
      locale: origin.locale,
    })
    return user
  })
}

/** Lets the owner of an address know that somebody tried to register with it. */
async function refuseRegistration(deps: AccountsDeps, email: string, origin: RequestOrigin): Promise<void> {
  await deps.db.transaction().execute(async (transaction) => {
    await deps.mail?.order(transaction, { kind: 'address-in-use', to: email, userId: null, locale: origin.locale })
  })
}

interface KnownUser {
  readonly user: SessionUser
  readonly passwordHash: string | undefined
}

async function findUser(db: Database, email: string): Promise<KnownUser | undefined> {
  const row = await db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst()
  if (row === undefined) return undefined
  return { user: sessionUser(row), passwordHash: row.password_hash ?? undefined }
}
