import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { keepPlace, type Place, placeHere } from './history-places.ts'

/** Keeps how far a page is scrolled for its entry of the history. `placeAt` names the place that is at the top. */
export function useFollowedScroll(scroller: RefObject<HTMLElement | null>, placeAt: (top: number) => Place): void {
  const latest = useRef(placeAt)
  latest.current = placeAt
  useEffect(() => {
    const path = location.pathname
    let topBeforePrint: number | null = null
    const onScroll = ({ target }: Event) => {
      const element = scroller.current
      // The last event of a page that was left comes when the next is there.
      if (element === null || target !== element || location.pathname !== path || topBeforePrint !== null) return
      keepPlace(latest.current(element.scrollTop))
    }
    const onPrint = () => {
      topBeforePrint = scroller.current?.scrollTop ?? null
    }
    // Paper does not scroll, and the screen forgets that it did.
    const onPrinted = () =>
      requestAnimationFrame(() => {
        if (scroller.current !== null && topBeforePrint !== null) scroller.current.scrollTop = topBeforePrint
        topBeforePrint = null
      })
    const listening = new AbortController()
    const { signal } = listening
    document.addEventListener('scroll', onScroll, { capture: true, passive: true, signal })
    addEventListener('beforeprint', onPrint, { signal })
    addEventListener('afterprint', onPrinted, { signal })
    return () => listening.abort()
  }, [scroller])
}

const longestWaitMs = 3000

/** Scrolls a page that is read to where it was left, as soon as what was there has come, and keeps how far it is scrolled. */
export function useKeptScroll(scroller: RefObject<HTMLElement | null>): void {
  useFollowedScroll(scroller, (top) => ({ row: null, by: top }))
  useLayoutEffect(() => {
    const element = scroller.current
    const top = placeHere()?.by ?? 0
    if (element === null || top === 0) return
    const watch = new ResizeObserver(() => {
      element.scrollTop = top
      if (element.scrollTop >= top - 1) stop()
    })
    const stop = () => {
      watch.disconnect()
      clearTimeout(timer)
      element.removeEventListener('wheel', stop)
      element.removeEventListener('pointerdown', stop)
    }
    const timer = setTimeout(stop, longestWaitMs)
    element.addEventListener('wheel', stop, { passive: true })
    element.addEventListener('pointerdown', stop)
    for (const child of element.children) watch.observe(child)
    element.scrollTop = top
    return stop
  }, [scroller])
}
