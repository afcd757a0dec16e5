import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { keepPlace, type Place, placeHere } from './history-places.ts'

/** Keeps how far a page is scrolled for its entry of the history. `placeAt` names the place that is at the top. */
export function useFollowedScroll(scroller: RefObject<HTMLElement | null>, placeAt: (top: number) => Place): void {
  const latest = useRef(placeAt)
  latest.current = placeAt
  useEffect(() => {
    const path = location.pathname
    const onScroll = ({ target }: Event) => {
      // The last event of a page that was left comes when the next is there.
      if (target === scroller.current && scroller.current !== null && location.pathname === path)
        keepPlace(latest.current(scroller.current.scrollTop))
    }
    document.addEventListener('scroll', onScroll, { capture: true, passive: true })
    return () => document.removeEventListener('scroll', onScroll, { capture: true })
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
