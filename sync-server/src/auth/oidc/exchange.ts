import { createHash } from 'node:crypto'
import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { z } from 'zod'
import { type ChallengeDeps, issueChallenge, takeChallenge } from '../ways-in/challenges.ts'

const LIFE_MS = 60_000
const contentSchema = z.object({ codeChallenge: z.string() })

/** A code for a native client: once, for a minute, and worth nothing without the verifier it kept (RFC 7636). */
export async function issueExchangeCode(deps: ChallengeDeps, userId: string, codeChallenge: string): Promise<string> {
  return issueChallenge(deps, { purpose: 'oidc-exchange', userId, content: { codeChallenge }, lifeMs: LIFE_MS })
}

/** Whose sign-in a code stands for; a wrong verifier uses the code up. */
export async function redeemExchangeCode(
  deps: ChallengeDeps,
  code: string,
  codeVerifier: string,
): Promise<Result<string, 'challenge-expired'>> {
  const taken = await takeChallenge(deps, 'oidc-exchange', code, contentSchema)
  const answer = createHash('sha256').update(codeVerifier).digest('base64url')
  if (taken?.userId == null || taken.content.codeChallenge !== answer) return err('challenge-expired')
  return ok(taken.userId)
}
