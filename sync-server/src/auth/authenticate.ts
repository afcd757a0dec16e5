import { err, type Result } from '@questlog/shared/domain/kernel/result'
import type { Database } from '../db/tables.ts'
import type { AccessClaims, AccessTokens } from './access-tokens.ts'
import { isFamilyActive } from './refresh-tokens.ts'

export type Authenticate = (token: string) => Promise<Result<AccessClaims, 'signed-out'>>

/** Checks a token and that its device is still signed in, so that a logout holds before the token ends. */
export function createAuthenticate(deps: { readonly db: Database; readonly accessTokens: AccessTokens }): Authenticate {
  return async (token) => {
    const verified = await deps.accessTokens.verify(token)
    if (!verified.ok) return verified
    return (await isFamilyActive(deps.db, verified.value.familyId)) ? verified : err('signed-out')
  }
}
