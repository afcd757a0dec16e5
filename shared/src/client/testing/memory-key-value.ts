import type { KeyChange, SharedKeyValue } from '../ports/key-value.ts'

/** The small texts of a device without a disk. */
export interface MemoryKeyValues {
  /** Another window on them. */
  open(): SharedKeyValue
  /** Lets nothing more be written, or again. */
  fill(isFull: boolean): void
}

interface Listener {
  readonly window: object
  readonly key: string
  readonly hear: (change: KeyChange) => void
}

/** Nothing is kept yet, and there is room. */
export function memoryKeyValues(): MemoryKeyValues {
  const kept = new Map<string, string>()
  const listeners = new Set<Listener>()
  let isFull = false
  const change = (by: object, key: string, now: string | null) => {
    const before = kept.get(key) ?? null
    if (now === null) kept.delete(key)
    else kept.set(key, now)
    if (before === now) return
    for (const { window, key: watched, hear } of listeners) if (window !== by && watched === key) hear({ before, now })
  }
  return {
    open() {
      const window = {}
      return {
        read: (key) => kept.get(key) ?? null,
        write(key, text) {
          if (!isFull) change(window, key, text)
          return !isFull
        },
        remove: (key) => change(window, key, null),
        keys: () => [...kept.keys()],
        onChangedElsewhere(key, hear) {
          const listener: Listener = { window, key, hear }
          listeners.add(listener)
          return () => void listeners.delete(listener)
        },
      }
    },
    fill(next) {
      isFull = next
    },
  }
}
