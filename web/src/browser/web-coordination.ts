import type { Coordination } from '@questlog/shared/client/ports/coordination'
import { isSocketFree } from './socket-owner.ts'

/** Coordination of tabs by Web Locks, which a tab that closes or crashes loses. Absent outside secure contexts. */
export const webCoordination: Coordination = {
  alone: async (name, task) => (hasLocks() ? navigator.locks.request(name, task) : task()),
  async socketOf(documentName) {
    if (!hasLocks()) return 'unknown'
    return (await isSocketFree(documentName)) ? 'free' : 'held'
  },
}

function hasLocks(): boolean {
  return globalThis.navigator?.locks !== undefined
}
