import type { KeyValue, SharedKeyValue } from '@questlog/shared/client/ports/key-value'

/** The part of a `StorageEvent` that says what another tab changed. */
export type StorageChange = Pick<StorageEvent, 'key' | 'oldValue' | 'newValue'>

/** What all tabs of this browser share, until the person removes it (`localStorage`). */
export const deviceMemory: SharedKeyValue = sharedKeyValueOf(
  () => localStorage,
  (listener, signal) => globalThis.addEventListener?.('storage', listener, { signal }),
)

/** What this tab keeps until it is closed, over a reload too (`sessionStorage`). */
export const tabMemory: KeyValue = keyValueOf(() => sessionStorage)

/** A storage that tabs share; `listen` is called back for what the others change, until it is aborted. */
export function sharedKeyValueOf(
  storage: () => Storage,
  listen: (listener: (change: StorageChange) => void, signal: AbortSignal) => void,
): SharedKeyValue {
  return {
    ...keyValueOf(storage),
    onChangedElsewhere(key, hear) {
      const listening = new AbortController()
      listen(({ key: changed, oldValue, newValue }) => {
        if (changed === key) hear({ before: oldValue, now: newValue })
      }, listening.signal)
      return () => listening.abort()
    },
  }
}

/** The part of a storage under one prefix, which `clear` empties; nothing is written while `mayWrite` says no. */
export function partOf(whole: KeyValue, prefix: string, mayWrite: () => boolean): KeyValue & { clear(): void } {
  const part: KeyValue = {
    read: (key) => whole.read(prefix + key),
    write: (key, text) => mayWrite() && whole.write(prefix + key, text),
    remove: (key) => whole.remove(prefix + key),
    keys: () => whole.keys().flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : [])),
  }
  return {
    ...part,
    clear() {
      for (const key of part.keys()) part.remove(key)
    },
  }
}

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
