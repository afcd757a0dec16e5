const STEP_MS = 20

export interface RoundOptions {
  readonly everyMs: number
  /** So many are waited for, or all, where meeting a few costs as much as meeting many. */
  readonly atLeast?: number
}

/**
 * Meets every member once in about `everyMs`, spread over that time, so that checking all of them never holds the event
 * loop up. Who joins or leaves during a round may be missed until the next. Ends when the answer is called.
 */
export function goRound<Member>(
  members: { readonly size: number } & Iterable<Member>,
  { everyMs, atLeast = 1 }: RoundOptions,
  meet: (due: readonly Member[]) => void,
): () => void {
  let round = members[Symbol.iterator]()
  let owed = 0

  const next = (): IteratorResult<Member> => {
    const found = round.next()
    if (found.done !== true) return found
    round = members[Symbol.iterator]()
    return round.next()
  }

  const step = (): void => {
    owed = Math.min(members.size, owed + (members.size * STEP_MS) / everyMs)
    if (owed < Math.max(1, Math.min(members.size, atLeast))) return
    const due: Member[] = []
    for (; owed >= 1; owed -= 1) {
      const found = next()
      if (found.done === true) break
      due.push(found.value)
    }
    meet(due)
  }
  const timer = setInterval(step, STEP_MS).unref()
  return () => clearInterval(timer)
}
