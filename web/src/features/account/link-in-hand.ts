import { linkToken } from '@questlog/shared/client/rest/own-account'
import { useEffect, useState } from 'react'

/** The token of the mailed link that led here; it is taken out of the address, where it would stay in the history. */
export function useLinkToken(): string | null {
  const [token, setToken] = useState(() => linkToken(location.hash))
  useEffect(() => {
    // Not while rendering: what React renders and throws away must not take the token along.
    const take = () => {
      const next = linkToken(location.hash)
      if (next === null) return
      setToken(next)
      history.replaceState(history.state, '', location.pathname)
    }
    take()
    // Another link opened in this tab changes the hash alone.
    addEventListener('hashchange', take)
    return () => removeEventListener('hashchange', take)
  }, [])
  return token
}
