import type { Bus, BusEvent } from './bus.ts'

/** The bus of a single process: every subscriber hears everything, at once. */
export function createInProcessBus(): Bus {
  const listeners = new Set<(event: BusEvent) => void>()
  return {
    publish(message) {
      for (const listener of listeners) listener(message)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      listeners.clear()
    },
  }
}
