import { createOwnAccount, type OwnAccount } from '@questlog/shared/client/rest/own-account'
import { createOwnSignInMethods, type OwnSignInMethods } from '@questlog/shared/client/rest/sign-in-methods'
import { useMemo } from 'react'
import { useSession } from '../../session/session-context.ts'

/** What the pages about one's own account ask of the server; the same objects while a page is open. */
export function useAccountServices(): { readonly own: OwnAccount; readonly methods: OwnSignInMethods } {
  const { account } = useSession().rest
  return useMemo(() => ({ own: createOwnAccount(account), methods: createOwnSignInMethods(account) }), [account])
}
