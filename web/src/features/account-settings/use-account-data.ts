import type { AccountError } from '@questlog/shared/client/rest/account'
import type { Result } from '@questlog/shared/domain/kernel/result'
import type { MessageKey } from '../../i18n/message.ts'
import { type Remote, useRemote } from '../parties/use-remote.ts'

const inOwnWords: { readonly [key: string]: MessageKey } = {
  'party.error.unreachable': 'settings.error.unreachable',
  'party.error.signedOut': 'settings.error.signedOut',
}

/** What the server tells of one's own account, as `useRemote` has it. */
export function useAccountData<Value>(load: () => Promise<Result<Value, AccountError>>): Remote<Value> {
  const remote = useRemote(load)
  return remote.failure === null ? remote : { ...remote, failure: inOwnWords[remote.failure] ?? remote.failure }
}
