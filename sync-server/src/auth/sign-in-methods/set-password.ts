import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { isGuessable } from '../common-passwords.ts'
import type { Passwords } from '../passwords.ts'
import type { RequestOrigin } from '../request-origin.ts'
import { recordAndTell, type TellOwnerDeps } from '../tell-owner.ts'
import type { ChallengeDeps } from '../ways-in/challenges.ts'

/** Gives an account that signs in by other ways a password besides. */
export async function setFirstPassword(
  deps: ChallengeDeps & TellOwnerDeps & { readonly passwords: Passwords },
  userId: string,
  password: string,
  origin: RequestOrigin,
): Promise<Result<void, 'busy' | 'password-common' | 'password-exists'>> {
  const user = await deps.db
    .selectFrom('users')
    .select(['email', 'display_name', 'password_hash'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
  if (user.password_hash !== null) return err('password-exists')
  if (await isGuessable(password, { email: user.email, displayName: user.display_name })) return err('password-common')
  const hashed = await deps.passwords.hash(password)
  if (!hashed.ok) return hashed
  return deps.db.transaction().execute(async (transaction) => {
    const set = await transaction
      .updateTable('users')
      .set({ password_hash: hashed.value })
      .where('id', '=', userId)
      .where('password_hash', 'is', null)
      .executeTakeFirst()
    if (set.numUpdatedRows === 0n) return err('password-exists')
    await recordAndTell(deps, transaction, { kind: 'password-changed', letter: 'password-set', origin, userId })
    return ok(undefined)
  })
}
