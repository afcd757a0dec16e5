import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { isWithin } from '../clock/within.ts'
import type { Database } from '../db/tables.ts'
import type { Passwords } from './passwords.ts'
import type { SignInThrottle, TooManyAttempts } from './sign-in-throttle.ts'

export interface ReAuthenticationDeps {
  readonly db: Database
  readonly now: () => number
  readonly passwords: Passwords
  readonly throttle: SignInThrottle
}

/** What a signed-in person shows for what a stolen session must not do. */
export interface Proof {
  readonly userId: string
  readonly familyId: string
  readonly password: string | undefined
  /** Whom guesses count against. */
  readonly address: string
}

export type ProofError = 'busy' | 'wrong-password' | 'sign-in-too-old' | TooManyAttempts

const RECENT_MS = 10 * 60 * 1000

/**
 * Makes sure that the person is there and not only their session: by the password or, without one, by a sign-in on this
 * device within the last ten minutes.
 */
export async function proveIdentity(deps: ReAuthenticationDeps, proof: Proof): Promise<Result<void, ProofError>> {
  if (proof.password === undefined) {
    const family = await deps.db
      .selectFrom('token_families')
      .select('authenticated_at')
      .where('id', '=', proof.familyId)
      .executeTakeFirst()
    const isRecent = family !== undefined && isWithin(RECENT_MS, family.authenticated_at, deps.now())
    return isRecent ? ok(undefined) : err('sign-in-too-old')
  }
  const user = await deps.db
    .selectFrom('users')
    .select(['email', 'password_hash'])
    .where('id', '=', proof.userId)
    .executeTakeFirst()
  const attempt = { email: user?.email ?? '', address: proof.address, device: proof.familyId }
  const begun = await deps.throttle.begin(attempt)
  if (!begun.ok) return begun
  const matches = await deps.passwords.matches(user?.password_hash ?? undefined, proof.password)
  if (!matches.ok) {
    await deps.throttle.withdraw(begun.value)
    return matches
  }
  if (!matches.value) return err('wrong-password')
  await deps.throttle.succeeded(begun.value)
  return ok(undefined)
}
