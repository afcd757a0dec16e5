import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type { RequestOrigin } from '../request-origin.ts'
import { recordAndTell, type TellOwnerDeps } from '../tell-owner.ts'
import { dropChallenges } from '../ways-in/challenges.ts'
import type { SecondFactorDeps } from './check-second-factor.ts'
import { renewRecoveryCodes } from './recovery-codes.ts'
import { describeTotp, matchingStep, newTotpSecret } from './totp.ts'
import { openSecret, sealSecret } from './totp-secrets.ts'

/** Makes a secret for an authenticator app. It protects nothing before `confirmEnrolment`; beginning again replaces it. */
export async function beginEnrolment(
  deps: SecondFactorDeps,
  user: { readonly id: string; readonly email: string },
): Promise<Result<{ readonly secret: string; readonly uri: string }, 'second-factor-exists'>> {
  const secret = newTotpSecret()
  const values = {
    ...sealSecret(deps.secretKey, user.id, secret),
    created_at: new Date(deps.now()),
    confirmed_at: null,
    last_step: 0,
  }
  const begun = await deps.db
    .insertInto('totp_secrets')
    .values({ user_id: user.id, ...values })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet(values).where('totp_secrets.confirmed_at', 'is', null),
    )
    .executeTakeFirst()
  return begun.numInsertedOrUpdatedRows === 1n ? ok(describeTotp(secret, user.email)) : err('second-factor-exists')
}

/** Turns the second factor on, once its first code shows that the app has the secret; answers the recovery codes. */
export async function confirmEnrolment(
  deps: SecondFactorDeps & TellOwnerDeps,
  userId: string,
  code: string,
  origin: RequestOrigin,
): Promise<Result<readonly string[], 'wrong-code' | 'not-found' | 'second-factor-exists'>> {
  return deps.db.transaction().execute(async (transaction) => {
    const stored = await transaction
      .selectFrom('totp_secrets')
      .selectAll()
      .where('user_id', '=', userId)
      .forUpdate()
      .executeTakeFirst()
    if (stored === undefined) return err('not-found')
    if (stored.confirmed_at !== null) return err('second-factor-exists')
    const step = matchingStep(openSecret(deps.secretKey, stored), code, deps.now())
    if (step === null) return err('wrong-code')
    await transaction
      .updateTable('totp_secrets')
      .set({ confirmed_at: new Date(deps.now()), last_step: step })
      .where('user_id', '=', userId)
      .execute()
    await recordAndTell(deps, transaction, { kind: 'second-factor-added', origin, userId })
    return ok(await renewRecoveryCodes(transaction, userId))
  })
}

/** Turns the second factor off and forgets its secret and its recovery codes; nothing to do is no failure. */
export async function removeSecondFactor(
  deps: SecondFactorDeps & TellOwnerDeps,
  userId: string,
  origin: RequestOrigin,
): Promise<void> {
  await deps.db.transaction().execute(async (transaction) => {
    const removed = await transaction.deleteFrom('totp_secrets').where('user_id', '=', userId).executeTakeFirst()
    await transaction.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
    await dropChallenges(transaction, userId, 'second-factor')
    if (removed.numDeletedRows === 0n) return
    await recordAndTell(deps, transaction, { kind: 'second-factor-removed', origin, userId })
  })
}

/** Makes new recovery codes; the old ones are worth nothing from then on. */
export async function replaceRecoveryCodes(
  deps: SecondFactorDeps & TellOwnerDeps,
  userId: string,
  origin: RequestOrigin,
): Promise<readonly string[]> {
  return deps.db.transaction().execute(async (transaction) => {
    await recordAndTell(deps, transaction, { kind: 'recovery-codes-made', origin, userId })
    return renewRecoveryCodes(transaction, userId)
  })
}
