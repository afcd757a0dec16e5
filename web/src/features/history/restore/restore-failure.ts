import type { AccountError } from '@questlog/shared/client/rest/account'
import type { MessageKey } from '../../../i18n/message.ts'

/** What to tell a person whose restore was refused or got no answer. */
export function restoreFailureFrom(error: AccountError): MessageKey {
  if (error.kind === 'unreachable') return 'restore.error.offline'
  if (error.kind === 'signed-out') return 'restore.error.signedOut'
  switch (error.problem.code) {
    case 'signed-out':
      return 'restore.error.signedOut'
    case 'forbidden':
    case 'not-found':
      return 'restore.error.forbidden'
    case 'moment-gone':
      return 'restore.error.gone'
    case 'workspace-full':
      return 'restore.error.full'
    default:
      return 'restore.error.server'
  }
}
