import { dayAt } from '@questlog/shared/domain/day'
import { useSyncExternalStore } from 'react'

const zoneKeptMs = 1000
let zone = ''
let zoneReadAt = Number.NEGATIVE_INFINITY

/** The device's IANA time zone, at most a second old: every row asks, and the answer takes longer than drawing one. */
export function deviceZone(): string {
  const now = performance.now()
  if (now - zoneReadAt > zoneKeptMs) {
    zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
    zoneReadAt = now
  }
  return zone
}

/** Today's local date on this device, `YYYY-MM-DD`. */
export function todayHere(): string {
  return dayAt(Date.now(), deviceZone(), 0)
}

function subscribe(changed: () => void): () => void {
  // A sleeping laptop fires no timer at midnight, so coming back into view asks again.
  const timer = setInterval(changed, 30_000)
  document.addEventListener('visibilitychange', changed)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', changed)
  }
}

/** Today's local date; the component renders again when the day turns. */
export function useToday(): string {
  return useSyncExternalStore(subscribe, todayHere)
}
