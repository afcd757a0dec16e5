import type { Result } from '../../domain/kernel/result.ts'
import type { Restored, RestoreRequest } from '../../protocol/restore.ts'
import type { Account, AccountError } from './account.ts'

/** Puts workspaces back to a moment of their past, over REST. */
export interface Restoring {
  restore(workspaceId: string, request: RestoreRequest): Promise<Result<Restored, AccountError>>
}

/** What the signed-in account may put back. */
export function createRestoring({ send }: Pick<Account, 'send'>): Restoring {
  return {
    restore: (workspaceId, body) =>
      send({
        method: 'POST',
        path: `/workspaces/${encodeURIComponent(workspaceId)}/restore`,
        body,
        answer: async () => (await import('../../protocol/restore.ts')).restoredSchema,
      }),
  }
}
