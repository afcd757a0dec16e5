import type { QuestId } from '@questlog/shared/domain/kernel/ids'

type Listener = (ids: ReadonlySet<QuestId>) => void

const listeners = new Set<Listener>()

/** Calls back after each undo and redo, once the screen shows it, with the quests that were changed. Returns the unsubscribe. */
export function onReverted(listener: Listener): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Tells everybody that listens of an undo or a redo. */
export function tellReverted(ids: ReadonlySet<QuestId>): void {
  for (const listener of [...listeners]) listener(ids)
}
