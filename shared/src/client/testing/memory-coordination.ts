import type { Coordination } from '../ports/coordination.ts'

/** Coordination of what runs in one process. */
export interface MemoryCoordination extends Coordination {
  /** How many tasks wait for another to end. */
  countWaiting(): number
}

/** Nobody holds anything. */
export function memoryCoordination(): MemoryCoordination {
  const last = new Map<string, Promise<unknown>>()
  let waiting = 0
  return {
    async alone(name, task) {
      const before = last.get(name) ?? Promise.resolve()
      waiting += 1
      const running = before
        .catch(() => undefined)
        .then(() => {
          waiting -= 1
          return task()
        })
      last.set(name, running)
      return running
    },
    socketOf: async () => 'free',
    countWaiting: () => waiting,
  }
}
