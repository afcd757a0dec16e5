import { dayAt } from '@questlog/shared/domain/time/day'
import { useSyncExternalStore } from 'react'

const zoneKeptMs = 1000
const minuteMs = 60_000
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

/** The minute it is on this device, as the moment it began. */
function minuteHere(): number {
  const now = Date.now()
  return now - (now % minuteMs)
}

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | undefined

/** Tells everybody at once, when a minute begins: two places must not differ about what is over. */
function tell(): void {
  clearTimeout(timer)
  timer = setTimeout(tell, minuteHere() + minuteMs - Date.now())
  for (const changed of listeners) changed()
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed)
  if (listeners.size === 1) {
    tell()
    // A sleeping laptop fires no timer at midnight, so coming back into view asks again.
    document.addEventListener('visibilitychange', tell)
  }
  return () => {
    listeners.delete(changed)
    if (listeners.size > 0) return
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', tell)
  }
}

/** Today's local date; the component renders again when the day turns. */
export function useToday(): string {
  return useSyncExternalStore(subscribe, todayHere)
}

/** The moment the current minute began; the component renders again with every minute. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, minuteHere)
}
