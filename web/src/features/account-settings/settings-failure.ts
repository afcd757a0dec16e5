import type { PasskeyError } from '@questlog/shared/client/rest/sign-in-methods'
import type { MessageKey } from '../../i18n/message.ts'
import { accountFailureFrom } from '../../session/account-failure.ts'

/** What to tell a signed-in person about a refused or unanswered change of their account. */
export function settingsFailure(error: PasskeyError): MessageKey {
  if (error.kind === 'unreachable') return 'settings.error.unreachable'
  if (error.kind === 'signed-out') return 'settings.error.signedOut'
  if (error.kind === 'cancelled') return 'methods.passkeyCancelled'
  switch (error.problem.code) {
    case 'signed-out':
      return 'settings.error.signedOut'
    case 'wrong-password':
      return 'settings.error.wrongPassword'
    case 'sign-in-too-old':
      return 'settings.error.tooOld'
    case 'last-sign-in-method':
      return 'settings.error.lastMethod'
    case 'provider-unavailable':
    case 'provider-failed':
      return `signIn.refused.${error.problem.code}`
    case 'mail-not-configured':
      return 'own.noMail'
    case 'rate-limited':
      return 'settings.error.rateLimited'
    case 'not-found':
      return 'settings.error.gone'
    case 'second-factor-exists':
    case 'passkey-exists':
    case 'password-exists':
      return 'settings.error.exists'
    case 'too-many-passkeys':
    case 'too-many-api-keys':
      return 'settings.error.tooMany'
    case 'invalid-request': {
      const { message } = accountFailureFrom(error)
      return message === 'account.error.password' ? message : 'settings.error.invalid'
    }
    case 'wrong-code':
    case 'challenge-expired':
    case 'passkey-refused':
    case 'sign-in-method-unavailable':
      return accountFailureFrom(error).message
    default:
      return 'settings.error.server'
  }
}
