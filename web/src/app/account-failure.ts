import type { PasskeyError } from '@questlog/shared/client/rest/sign-in-methods'
import type { AccountFailure } from './session.ts'

/** What to tell a person about a refused or unanswered account request. */
export function accountFailureFrom(error: PasskeyError): AccountFailure {
  if (error.kind === 'unreachable') return { message: 'account.error.unreachable' }
  if (error.kind === 'cancelled') return { message: 'signIn.passkeyCancelled' }
  if (error.kind === 'signed-out') return { message: 'account.error.credentials' }
  const { code, challenge, errors } = error.problem
  switch (code) {
    case 'second-factor-required':
      return { message: 'account.error.secondFactor', ...(challenge === undefined ? {} : { challenge }) }
    case 'wrong-code':
      return { message: 'account.error.code' }
    case 'challenge-expired':
      return { message: 'account.error.expired' }
    case 'passkey-refused':
      return { message: 'account.error.passkey' }
    case 'sign-in-method-unavailable':
      return { message: 'account.error.unavailable' }
    case 'account-disabled':
      return { message: 'account.error.disabled' }
    case 'invalid-credentials':
    case 'signed-out':
      return { message: 'account.error.credentials' }
    case 'registration-refused':
    case 'workspace-id-taken':
      return { message: 'account.error.register' }
    case 'registration-closed':
      return { message: 'account.error.closed' }
    case 'invalid-request':
      return { message: errors?.some(isOfPassword) ? 'account.error.password' : 'account.error.invalid' }
    case 'rate-limited':
      return { message: 'account.error.rateLimited' }
    default:
      return { message: 'account.error.server' }
  }
}

/** Too short, too long, or one of those that everybody tries first. */
function isOfPassword({ path }: { readonly path: string }): boolean {
  return path === 'password' || path === 'newPassword'
}
