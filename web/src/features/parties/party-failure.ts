import type { AccountError } from '@questlog/shared/client/rest/account'
import type { MessageKey } from '../../i18n/message.ts'

/** What to tell a person about a refused or unanswered request about parties, invitations or keys. */
export function partyFailureFrom(error: AccountError): MessageKey {
  if (error.kind === 'unreachable') return 'party.error.unreachable'
  if (error.kind === 'signed-out') return 'party.error.signedOut'
  switch (error.problem.code) {
    case 'signed-out':
      return 'party.error.signedOut'
    case 'forbidden':
    case 'insufficient-scope':
    case 'session-required':
      return 'party.error.forbidden'
    case 'not-found':
    case 'not-a-party':
      return 'party.error.gone'
    case 'last-owner':
      return 'party.error.lastOwner'
    case 'invitation-invalid':
      return 'party.error.invitation'
    case 'invalid-request':
      return 'party.error.invalid'
    case 'too-many-workspaces':
    case 'too-many-invitations':
    case 'too-many-api-keys':
      return 'party.error.tooMany'
    case 'rate-limited':
      return 'party.error.rateLimited'
    default:
      return 'party.error.server'
  }
}
