import type { Coordination } from '../ports/coordination.ts'

/** Coordination of what runs in one process. */
export interface MemoryCoordination extends Coordination {
  /** How many tasks wait for another to end. */
  countWaiting(): number
  /** Keeps a document in sync; returns the way to stop. */
  hold(documentName: string): () => void
}

/** Nobody holds anything. */
export function memoryCoordination(): MemoryCoordination {
  const last = new Map<string, Promise<unknown>>()
  const holders = new Map<string, number>()
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
    socketOf: async (documentName) => ((holders.get(documentName) ?? 0) > 0 ? 'held' : 'free'),
    hold(documentName) {
      const count = (by: number) => holders.set(documentName, (holders.get(documentName) ?? 0) + by)
      count(1)
      return () => void count(-1)
    },
    countWaiting: () => waiting,
  }
}
