type Listener = () => void

/** Who wants to hear of what, by key. */
export class Listeners {
  readonly #byKey = new Map<string, Set<Listener>>()

  /** Adds a listener; the returned function removes this one registration. */
  add(key: string, listener: Listener): () => void {
    const listeners = this.#byKey.get(key) ?? new Set<Listener>()
    this.#byKey.set(key, listeners)
    // A wrapper of its own, so that one function may listen twice and each removal takes one away.
    const registered: Listener = () => listener()
    listeners.add(registered)
    return () => {
      listeners.delete(registered)
      if (listeners.size === 0 && this.#byKey.get(key) === listeners) this.#byKey.delete(key)
    }
  }

  has(key: string): boolean {
    return this.#byKey.has(key)
  }

  /** Tells everyone who listens to the key now; listeners may come and go meanwhile. */
  tell(key: string): void {
    const listeners = this.#byKey.get(key)
    if (listeners === undefined) return
    for (const listener of [...listeners]) if (listeners.has(listener)) listener()
  }

  clear(): void {
    for (const listeners of this.#byKey.values()) listeners.clear()
    this.#byKey.clear()
  }
}
