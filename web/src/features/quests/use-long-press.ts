import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react'

const holdMs = 450
const slackPx = 10
const clickFollowsMs = 80

/**
 * Event handlers that call back when a finger or pen rests on an element. The click and the context menu that follow
 * a rest are swallowed; moving on or scrolling is no rest.
 */
export function useLongPress(onLongPress: () => void) {
  const latest = useRef(onLongPress)
  latest.current = onLongPress
  const press = useRef<{ readonly x: number; readonly y: number; timer: ReturnType<typeof setTimeout> } | null>(null)
  const rested = useRef(false)
  const lift = () => {
    clearTimeout(press.current?.timer)
    press.current = null
  }
  const end = () => {
    lift()
    // Where no click follows the rest, the next one is meant.
    if (rested.current) setTimeout(() => (rested.current = false), clickFollowsMs)
  }
  useEffect(() => () => clearTimeout(press.current?.timer), [])
  return {
    onPointerDown(event: PointerEvent) {
      rested.current = false
      if (event.pointerType === 'mouse') return
      lift()
      const timer = setTimeout(() => {
        press.current = null
        rested.current = true
        latest.current()
      }, holdMs)
      press.current = { x: event.clientX, y: event.clientY, timer }
    },
    onPointerMove(event: PointerEvent) {
      const start = press.current
      if (start !== null && Math.hypot(event.clientX - start.x, event.clientY - start.y) > slackPx) lift()
    },
    onPointerUp: end,
    onPointerCancel: end,
    onContextMenu(event: MouseEvent) {
      if (press.current !== null || rested.current) event.preventDefault()
    },
    onClickCapture(event: MouseEvent) {
      if (!rested.current) return
      rested.current = false
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
