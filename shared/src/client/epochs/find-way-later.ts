import type { CarryOverDeps, FindWay } from './carry-over.ts'
import { MoveDelayed } from './move-delayed.ts'

/**
 * Finds the way with a part of the app that is fetched when it is first needed: the first paint can do without. Rejects
 * with `MoveDelayed` while it cannot be fetched.
 */
export function findWayLater(deps: CarryOverDeps): FindWay {
  let known: FindWay | null = null
  return async (...to) => {
    const { createCarryOver } = await import('./carry-over.ts').catch((cause: unknown) => {
      throw new MoveDelayed(cause)
    })
    known ??= createCarryOver(deps)
    return known(...to)
  }
}
