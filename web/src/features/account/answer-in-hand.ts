import type { MergeAnswer } from '@questlog/shared/client/session/session'
import { tabMemory } from '../../browser/web-key-value.ts'

const storageKey = 'questlog.local-log'

/** Keeps what is to become of the local log while the person is at a provider: in this tab alone. */
export function keepAnswer(answer: MergeAnswer | undefined): void {
  if (answer === undefined) tabMemory.remove(storageKey)
  // Where storage is forbidden it is asked once more afterwards.
  else tabMemory.write(storageKey, answer)
}

/** What was kept, once. */
export function takeAnswer(): MergeAnswer | undefined {
  const kept = tabMemory.read(storageKey)
  tabMemory.remove(storageKey)
  return kept === 'merge' || kept === 'keep-apart' ? kept : undefined
}
