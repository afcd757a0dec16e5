import type { OpenError } from '@questlog/shared/client/session/open-error'
import type { SessionFailure } from '@questlog/shared/client/session/session-failure'
import type { MessageKey } from '../i18n/message.ts'

/** Why an account action failed, as what to tell the person. */
export interface AccountFailure {
  readonly message: MessageKey
  /** To be sent back with a code, where the account has a second factor and the first was right. */
  readonly challenge?: string
}

/** What to tell a person about what the session could not do, or an account request that was refused or not answered. */
export function accountFailureFrom(error: SessionFailure): AccountFailure {
  switch (error.kind) {
    case 'unreachable':
      return { message: 'account.error.unreachable' }
    case 'cancelled':
      return { message: 'signIn.passkeyCancelled' }
    case 'signed-out':
      return { message: 'account.error.credentials' }
    case 'not-opened':
      return { message: messageOfOpenError(error.error) }
    case 'nobody':
      return { message: 'refusal.signed-out' }
    case 'no-own-log':
      return { message: 'account.error.server' }
    case 'read-only':
      return { message: 'error.readOnly' }
    case 'not-theirs':
      return { message: 'party.error.gone' }
    case 'guest':
      return { message: 'party.error.guest' }
    case 'problem':
      return failureOfProblem(error.problem)
  }
}

function failureOfProblem({ code, challenge, errors }: Problem): AccountFailure {
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

type Problem = Extract<SessionFailure, { kind: 'problem' }>['problem']

/** What to tell of it where an action failed because a log could not be opened. */
function messageOfOpenError(error: OpenError | null): MessageKey {
  return error?.kind === 'bug' ? 'storage.bug' : 'account.error.storage'
}

/** Too short, too long, or one of those that everybody tries first. */
function isOfPassword({ path }: { readonly path: string }): boolean {
  return path === 'password' || path === 'newPassword'
}
