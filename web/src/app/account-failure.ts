import type { AccountError } from '@questlog/shared/client/account'
import type { AccountFailure } from './session.ts'

/** What to tell a person about a refused or unanswered account request. */
export function accountFailureFrom(error: AccountError): AccountFailure {
  if (error.kind === 'unreachable') return { message: 'account.error.unreachable' }
  if (error.kind === 'signed-out') return { message: 'account.error.credentials' }
  switch (error.problem.code) {
    case 'invalid-credentials':
    case 'signed-out':
      return { message: 'account.error.credentials' }
    case 'registration-refused':
    case 'workspace-id-taken':
      return { message: 'account.error.register' }
    case 'registration-closed':
      return { message: 'account.error.closed' }
    case 'invalid-request':
      return { message: 'account.error.invalid' }
    case 'rate-limited':
      return { message: 'account.error.rateLimited' }
    default:
      return { message: 'account.error.server' }
  }
}
