import type { MergeAnswer } from '../../app/session.ts'

const storageKey = 'questlog.local-log'

/** Keeps what is to become of the local log while the person is at a provider: in this tab alone. */
export function keepAnswer(answer: MergeAnswer | undefined): void {
  try {
    if (answer === undefined) sessionStorage.removeItem(storageKey)
    else sessionStorage.setItem(storageKey, answer)
  } catch {
    // Storage is forbidden: it is asked once more afterwards.
  }
}

/** What was kept, once. */
export function takeAnswer(): MergeAnswer | undefined {
  try {
    const kept = sessionStorage.getItem(storageKey)
    sessionStorage.removeItem(storageKey)
    return kept === 'merge' || kept === 'keep-apart' ? kept : undefined
  } catch {
    return undefined
  }
}
