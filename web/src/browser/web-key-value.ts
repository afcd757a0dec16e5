import type { KeyValue, SharedKeyValue } from '@questlog/shared/client/ports/key-value'

/** What all tabs of this browser share, until the person removes it (`localStorage`). */
export const deviceMemory: SharedKeyValue = {
  ...keyValueOf(() => localStorage),
  onChangedElsewhere(key, listener) {
    const listening = new AbortController()
    globalThis.addEventListener?.(
      'storage',
      ({ key: changed, oldValue, newValue }) => {
        if (changed === key) listener({ before: oldValue, now: newValue })
      },
      { signal: listening.signal },
    )
    return () => listening.abort()
  },
}

/** What this tab keeps until it is closed, over a reload too (`sessionStorage`). */
export const tabMemory: KeyValue = keyValueOf(() => sessionStorage)

/** Where storage is forbidden, asking for it throws already. */
function keyValueOf(storage: () => Storage): KeyValue {
  const orElse = <Value>(fallback: Value, use: (storage: Storage) => Value): Value => {
    try {
      return use(storage())
    } catch {
      return fallback
    }
  }
  return {
    read: (key) => orElse(null, (kept) => kept.getItem(key)),
    write: (key, text) =>
      orElse(false, (kept) => {
        kept.setItem(key, text)
        return true
      }),
    remove: (key) => orElse(undefined, (kept) => kept.removeItem(key)),
    keys: () =>
      orElse([], (kept) => Array.from({ length: kept.length }, (_, n) => kept.key(n)).filter((key) => key !== null)),
  }
}
