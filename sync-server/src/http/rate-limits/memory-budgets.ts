import { type Budgets, costMs, takenFrom } from './budgets.ts'

const MAX_CALLERS = 50_000

/** Counts within this process, for a bounded number of callers; of too many, those quiet for longest are forgotten. */
export function createMemoryBudgets(monotonicMs: () => number): Budgets {
  // When everything a caller spent is earned back; in the order of their last request.
  const earnedBackAt = new Map<string, number>()
  return {
    async take(key, policy) {
      const at = monotonicMs()
      const spentMs = Math.max(0, (earnedBackAt.get(key) ?? at) - at)
      const cost = costMs(policy)
      const allowed = spentMs + cost <= policy.burst * cost + 1e-3
      if (!allowed) return takenFrom(policy, false, spentMs)
      earnedBackAt.delete(key)
      earnedBackAt.set(key, at + spentMs + cost)
      if (earnedBackAt.size > MAX_CALLERS) forgetOldest(earnedBackAt)
      return takenFrom(policy, true, spentMs + cost)
    },
  }
}

function forgetOldest(callers: Map<string, number>): void {
  for (const key of callers.keys()) {
    callers.delete(key)
    return
  }
}
