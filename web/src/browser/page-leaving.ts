import type { OnPageLeaving } from '@questlog/shared/client/ports/page-leaving'

/** Hears of it from the browser, which tells a page that is kept for the way back, too. */
export const onPageLeaving: OnPageLeaving = (listener) => {
  const listening = new AbortController()
  if (typeof window !== 'undefined') window.addEventListener('pagehide', listener, { signal: listening.signal })
  return () => listening.abort()
}
