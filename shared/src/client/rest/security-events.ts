import type { z } from 'zod'
import type { Result } from '../../domain/kernel/result.ts'
import { securityEventListSchema } from '../../protocol/audit.ts'
import type { Account, AccountError } from './account.ts'

/** One page of what happened to the signed-in person's account, the newest first; `cursor` is the page before's. */
export function readSecurityEvents(
  { send }: Pick<Account, 'send'>,
  cursor: string | null,
): Promise<Result<z.infer<typeof securityEventListSchema>, AccountError>> {
  const query = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
  return send({ method: 'GET', path: `/users/me/security-events?limit=50${query}`, answer: securityEventListSchema })
}
