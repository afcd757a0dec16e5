import type { KeyValue } from '@questlog/shared/client/ports/key-value'
import type { MergeAnswer } from '@questlog/shared/client/session/session'

const storageKey = 'questlog.local-log'

/** Keeps what is to become of the local log while the person is at a provider: in this tab alone. */
export function keepAnswer(memory: KeyValue, answer: MergeAnswer | undefined): void {
  if (answer === undefined) memory.remove(storageKey)
  // Where storage is forbidden it is asked once more afterwards.
  else memory.write(storageKey, answer)
}

/** What was kept, once. */
export function takeAnswer(memory: KeyValue): MergeAnswer | undefined {
  const kept = memory.read(storageKey)
  memory.remove(storageKey)
  return kept === 'merge' || kept === 'keep-apart' ? kept : undefined
}
