import { type ProviderReturn, readProviderReturn } from '@questlog/shared/client/sign-in-methods'
import { oidcRefusalSchema } from '@questlog/shared/protocol/sign-in-methods'
import type { MessageKey } from '../../i18n/translate.ts'

/** What a visit to a provider ended with, taken out of the address, where it would stay in the history. */
export function takeProviderReturn(): ProviderReturn | null {
  const returned = readProviderReturn(location.hash)
  if (returned !== null) history.replaceState(history.state, '', location.pathname + location.search)
  return returned
}

/** Why a provider's sign-in, or a link to it, came to nothing. */
export function providerRefusal(reason: string): MessageKey {
  const known = oidcRefusalSchema.safeParse(reason)
  return known.success ? `signIn.refused.${known.data}` : 'signIn.refused.provider-refused'
}
