import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { type EventOrigin, recordSecurityEvent } from '../../audit/security-events.ts'
import type { ChallengeDeps } from '../ways-in/challenges.ts'
import { useRecoveryCode } from './recovery-codes.ts'
import { matchingStep } from './totp.ts'
import { openSecret } from './totp-secrets.ts'

export interface SecondFactorDeps extends ChallengeDeps {
  readonly secretKey: Buffer | undefined
}

/** What a person shows besides the password: one of the two. */
export interface SecondFactor {
  readonly code?: string | undefined
  readonly recoveryCode?: string | undefined
}

/** Ten minutes. A step further ahead than this was taken before the clock was set back. */
const CLOCK_SET_BACK_STEPS = 20

/** Checks a code or a recovery code and uses it up: neither is taken twice, by no two requests at the same time either. */
export async function checkSecondFactor(
  deps: SecondFactorDeps,
  userId: string,
  shown: SecondFactor,
  origin: EventOrigin,
): Promise<Result<void, 'wrong-code'>> {
  const { code, recoveryCode } = shown
  return deps.db.transaction().execute(async (transaction) => {
    const event = { at: deps.now(), origin, userId }
    const isRight =
      code !== undefined
        ? await useTotpCode({ ...deps, db: transaction }, userId, code)
        : recoveryCode !== undefined && (await useRecoveryCode(transaction, userId, recoveryCode))
    if (!isRight) {
      await recordSecurityEvent(transaction, { ...event, kind: 'second-factor-failed' })
      return err('wrong-code')
    }
    if (code === undefined) await recordSecurityEvent(transaction, { ...event, kind: 'recovery-code-used' })
    return ok(undefined)
  })
}

async function useTotpCode(deps: SecondFactorDeps, userId: string, code: string): Promise<boolean> {
  const stored = await deps.db
    .selectFrom('totp_secrets')
    .selectAll()
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  if (stored === undefined) return false
  const step = matchingStep(openSecret(deps.secretKey, stored), code, deps.now())
  if (step === null) return false
  // RFC 6238, 5.2: a code is taken once. Older steps are refused with it, since a watcher may have seen those too.
  const used = await deps.db
    .updateTable('totp_secrets')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where((row) => row.or([row('last_step', '<', step), row('last_step', '>', step + CLOCK_SET_BACK_STEPS)]))
    .executeTakeFirst()
  return used.numUpdatedRows === 1n
}
