import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type { RequestOrigin } from '../request-origin.ts'
import { type Session, type SignInDeps, type SignInRefusal, sessionUser, signIn } from '../sign-in.ts'
import { type ChallengeDeps, issueChallenge } from './challenges.ts'
import { hasSecondFactor } from './has-second-factor.ts'

export interface CompleteSignInDeps extends SignInDeps, ChallengeDeps {}

const SECOND_FACTOR_LIFE_MS = 5 * 60_000

/** Signs in an account that proved one factor, or asks for the second; `factors: 'two'` when both were shown at once. */
export async function completeSignIn(
  deps: CompleteSignInDeps,
  proven: { readonly userId: string; readonly factors: 'one' | 'two' },
  how: Parameters<typeof signIn>[2],
): Promise<Result<Session, SignInRefusal>> {
  const { userId, factors } = proven
  const row = await deps.db
    .selectFrom('users')
    .select(['id', 'email', 'display_name', 'email_verified_at', 'disabled_at'])
    .where('id', '=', userId)
    .executeTakeFirst()
  if (row === undefined) return err('challenge-expired')
  if (row.disabled_at !== null) return err('account-disabled')
  if (factors === 'one' && (await hasSecondFactor(deps.db, userId))) {
    const step = { purpose: 'second-factor', userId, content: {}, lifeMs: SECOND_FACTOR_LIFE_MS } as const
    return err({ kind: 'second-factor-required', challenge: await issueChallenge(deps, step) })
  }
  return ok(await signIn(deps, sessionUser(row), how))
}

/** How a person signs in with something else than a password. */
export interface SignInRequest {
  readonly client: 'browser' | 'native'
  readonly origin: RequestOrigin
}
