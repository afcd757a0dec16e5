/** The browser's `localStorage`, in memory; `change` keeps a text under a key, or removes it where there is none. */
export function memoryStorage(
  kept = new Map<string, string>(),
  change = (key: string, text: string | null) => changeText(kept, key, text),
): Storage {
  return {
    get length() {
      return kept.size
    },
    key: (n) => [...kept.keys()][n] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: change,
    removeItem: (key) => change(key, null),
    clear: () => kept.clear(),
  }
}

/** Keeps a text under a key, or removes it where there is none. */
export function changeText(kept: Map<string, string>, key: string, text: string | null): void {
  if (text === null) kept.delete(key)
  else kept.set(key, text)
}
