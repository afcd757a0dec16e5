import { linkToken } from '@questlog/shared/client/own-account'
import { useEffect, useState } from 'react'

/** The token of the mailed link that led here, taken out of the address, where it would stay in the history. */
export function useLinkToken(): string | null {
  const [token, setToken] = useState(takeToken)
  useEffect(() => {
    // Another link opened in this tab changes the hash alone.
    const onHash = () => {
      const next = takeToken()
      if (next !== null) setToken(next)
    }
    addEventListener('hashchange', onHash)
    return () => removeEventListener('hashchange', onHash)
  }, [])
  return token
}

function takeToken(): string | null {
  const token = linkToken(location.hash)
  if (token !== null) history.replaceState(history.state, '', location.pathname)
  return token
}
