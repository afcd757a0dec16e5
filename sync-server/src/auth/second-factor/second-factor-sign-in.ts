import { err, type Result } from '@questlog/shared/domain/kernel/result'
import type { DeviceMarks } from '../known-devices/device-marks.ts'
import type { Session, SignInRefusal } from '../sign-in.ts'
import type { Attempt, SignInThrottle, TooManyAttempts } from '../sign-in-throttle.ts'
import { attemptChallenge, dropChallenges } from '../ways-in/challenges.ts'
import { type CompleteSignInDeps, completeSignIn, type SignInRequest } from '../ways-in/complete-sign-in.ts'
import { checkSecondFactor, type SecondFactor, type SecondFactorDeps } from './check-second-factor.ts'

/** How often one challenge may be answered wrongly before the password is asked for again. */
const ATTEMPTS = 5

/** Completes a sign-in whose first factor was shown; the challenge is used up with the right code. */
export async function signInWithSecondFactor(
  deps: CompleteSignInDeps &
    SecondFactorDeps & { readonly throttle: SignInThrottle; readonly deviceMarks: DeviceMarks },
  { challenge, ...shown }: SecondFactor & { readonly challenge: string },
  how: SignInRequest,
): Promise<Result<Session, SignInRefusal | 'wrong-code' | TooManyAttempts>> {
  const step = await attemptChallenge(deps, 'second-factor', challenge, ATTEMPTS)
  if (step?.userId == null) return err('challenge-expired')
  const { userId } = step
  const { address, marks, event } = how.origin
  const owner = await deps.db.selectFrom('users').select('email').where('id', '=', userId).executeTakeFirst()
  const device = owner === undefined ? null : deps.deviceMarks.signInOf(marks, owner.email)
  const from = { address, device }
  const checked = await tryCode(deps, userId, from, () => checkSecondFactor(deps, userId, shown, event))
  if (!checked.ok) return checked
  await dropChallenges(deps.db, userId, 'second-factor')
  return completeSignIn(deps, { userId, factors: 'two' }, { ...how, method: 'second-factor' })
}

/**
 * Slows the guessing of codes down over all challenges of an account. It is counted apart from the password, whose
 * success must not buy more guesses at the code.
 */
export async function tryCode<Failure>(
  { throttle }: { readonly throttle: SignInThrottle },
  userId: string,
  from: Pick<Attempt, 'address' | 'device'>,
  check: () => Promise<Result<void, Failure>>,
): Promise<Result<void, Failure | TooManyAttempts>> {
  const attempt = { email: `second-factor of ${userId}`, ...from }
  const begun = await throttle.begin(attempt)
  if (!begun.ok) return begun
  const checked = await check()
  if (checked.ok) await throttle.succeeded(begun.value)
  return checked
}
