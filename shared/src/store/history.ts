import type { Patch, RecordWrite } from '../domain/kernel/record-write.ts'
import { compareValues } from './canonical-json.ts'
import type { FieldChange, QuestDocument, WriteReceipt } from './quest-document.ts'
import type { Stamp } from './stamp.ts'

/** An undo or a redo: what it wrote, and what the command was, as given when it was pushed. */
export interface Reverted<What> extends WriteReceipt {
  readonly what: What
}

/** The undo and redo of one person's commands on one device. `What` is kept with each command, and given with its undo. */
export interface History<What = void> {
  /** Adds a command that was just written; what was undone can no longer be redone. */
  push(receipt: WriteReceipt, what: What): void
  /** Takes back the latest command that has something left to undo; null if there is none. */
  undo(): Reverted<What> | null
  /** Repeats what the latest undo took back and nobody has changed since; null where there is none. */
  redo(): Reverted<What> | null
  canUndo(): boolean
  canRedo(): boolean
  /** Moves what another holds here, for a document that goes on in this one's: the stamps are the same there (R12). */
  takeOver(other: History<What>): void
  /** Empties it; what it held. */
  give(): HistoryContents<What>
  /** Calls back whenever `canUndo` or `canRedo` may have changed. Returns the unsubscribe. */
  onChange(listener: () => void): () => void
}

/** What can be undone and redone, the latest last. */
export interface HistoryContents<What> {
  readonly undoable: readonly Reverted<What>[]
  readonly redoable: readonly Reverted<What>[]
  readonly restored: ReadonlyMap<string, Stamp>
}

const DEFAULT_LIMIT = 200

/**
 * Undo by inverse patches: each field that still holds what the command wrote gets its former value back,
 * as an ordinary write. A field written since by anyone, equal value or not, is left alone.
 */
export function createHistory<What = void>(document: QuestDocument, limit: number = DEFAULT_LIMIT): History<What> {
  const undoable: Reverted<What>[] = []
  const redoable: Reverted<What>[] = []
  const restored = new RestoredStamps()
  const listeners = new Set<() => void>()

  const notify = (): void => {
    if (undoable.length === 0 && redoable.length === 0) restored.clear()
    for (const listener of [...listeners]) listener()
  }

  const isStillHeld = (receipt: WriteReceipt, change: FieldChange): boolean => {
    const { table, id, path, after } = change
    const stamp = document.stampOf(table, id, path)
    const written = restored.latest(change, receipt.stamp)
    if (stamp === null || stamp >= written) return stamp === written
    // A field's stamp falls only when it is corrected, perhaps by another tab; the value tells that from others'
    // writes.
    return compareValues(document.valueOf(table, id, path), after) === 0
  }

  const revert = (from: Reverted<What>[], to: Reverted<What>[]): Reverted<What> | null => {
    for (let receipt = from.pop(); receipt !== undefined; receipt = from.pop()) {
      const held = receipt
      const changes = held.changes.filter((change) => isStillHeld(held, change))
      if (changes.length === 0) continue
      const inverse = { ...document.write(inversePatches(changes)), what: held.what }
      for (const change of changes) restored.restore(change, inverse.stamp)
      to.push(inverse)
      notify()
      return inverse
    }
    notify()
    return null
  }

  return {
    push(receipt, what) {
      if (receipt.changes.length === 0) return
      undoable.push({ ...receipt, what })
      if (undoable.length > limit) undoable.shift()
      redoable.length = 0
      notify()
    },
    undo: () => revert(undoable, redoable),
    redo: () => revert(redoable, undoable),
    canUndo: () => undoable.length > 0,
    canRedo: () => redoable.length > 0,
    takeOver(other) {
      const given = other.give()
      undoable.unshift(...given.undoable)
      redoable.unshift(...given.redoable)
      restored.take(given.restored)
      notify()
    },
    give() {
      const contents = { undoable: undoable.splice(0), redoable: redoable.splice(0), restored: restored.copy() }
      notify()
      return contents
    },
    onChange(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

/**
 * Under which stamp a value stands since an undo or redo restored it. Without this, undoing two commands
 * on one field would stop after the first: the field then holds what the undo wrote, under the undo's stamp.
 */
class RestoredStamps {
  readonly #latest = new Map<string, Stamp>()

  latest(field: FieldChange, stamp: Stamp): Stamp {
    const next = this.#latest.get(keyOf(field, stamp))
    return next === undefined ? stamp : this.latest(field, next)
  }

  restore(change: FieldChange, stamp: Stamp): void {
    if (change.beforeStamp === null) return
    const latest = this.latest(change, change.beforeStamp)
    // Equal only where a forged stamp has stopped the clock.
    if (latest < stamp) this.#latest.set(keyOf(change, latest), stamp)
  }

  copy(): ReadonlyMap<string, Stamp> {
    return new Map(this.#latest)
  }

  take(latest: ReadonlyMap<string, Stamp>): void {
    for (const [key, stamp] of latest) this.#latest.set(key, stamp)
  }

  clear(): void {
    this.#latest.clear()
  }
}

function keyOf(field: FieldChange, stamp: Stamp): string {
  return `${stamp} ${field.table} ${field.id} ${field.path}`
}

function inversePatches(changes: readonly FieldChange[]): RecordWrite[] {
  const writes = new Map<string, RecordWrite>()
  for (const { table, id, path, before } of changes) {
    const key = `${table} ${id}`
    const patch: Patch = { ...writes.get(key)?.patch, [path]: before }
    writes.set(key, { table, id, patch })
  }
  return [...writes.values()]
}
