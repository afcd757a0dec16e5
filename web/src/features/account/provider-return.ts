import { type ProviderReturn, readProviderReturn } from '@questlog/shared/client/rest/sign-in-methods'
import { oidcRefusalSchema } from '@questlog/shared/protocol/sign-in-methods'
import { useEffect, useState } from 'react'
import type { MessageKey } from '../../i18n/message.ts'

/** What a visit to a provider ended with; it is taken out of the address, where it would stay in the history. */
export function useProviderReturn(): ProviderReturn | null {
  const [returned] = useState(() => readProviderReturn(location.hash))
  useEffect(() => {
    // Not while rendering: what React renders and throws away must not take the answer along.
    if (returned !== null) history.replaceState(history.state, '', location.pathname + location.search)
  }, [returned])
  return returned
}

/** Why a provider's sign-in, or a link to it, came to nothing. */
export function providerRefusal(reason: string): MessageKey {
  const known = oidcRefusalSchema.safeParse(reason)
  return known.success ? `signIn.refused.${known.data}` : 'signIn.refused.provider-refused'
}
