import type { WriterSlot, WriterSlots } from '@questlog/shared/client/ports/writer-slots'

/** More tabs of one document than anybody has; any further tabs write with ids of their own. */
const SLOTS = 16

/** Slots by Web Locks, which the browser takes from a tab that crashes. Without Web Locks, nobody gets a slot. */
export const webWriterSlots: WriterSlots = {
  async take(documentName) {
    if (globalThis.navigator?.locks === undefined) return null
    for (let number = 0; number < SLOTS; number += 1) {
      const slot = await takeSlot(documentName, number)
      if (slot !== null) return slot
    }
    return null
  },
}

function takeSlot(documentName: string, number: number): Promise<WriterSlot | null> {
  return new Promise((resolve) => {
    navigator.locks
      .request(`questlog/writer/${documentName}/${number}`, { ifAvailable: true }, (lock) => {
        if (lock === null) return resolve(null)
        // Held for as long as this is pending.
        return new Promise<void>((release) => resolve({ number, onLeave: onPageHidden, release }))
      })
      // This page is allowed no locks.
      .catch(() => resolve(null))
  })
}

function onPageHidden(listener: () => void): () => void {
  const listening = new AbortController()
  if (typeof window !== 'undefined') window.addEventListener('pagehide', listener, { signal: listening.signal })
  return () => listening.abort()
}
