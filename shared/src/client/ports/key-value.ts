/**
 * Small texts kept beside the documents over the end of a run: which logs there are, who is signed in. Everything
 * happens at once, before the call returns, and nothing throws: where nothing can be kept, nothing is found.
 */
export interface KeyValue {
  /** What was last written under the key, and not removed; null where there is nothing, or nothing may be read. */
  read(key: string): string | null
  /** Whether it is kept. Where it is not (forbidden, or full) what was there before stays. */
  write(key: string, text: string): boolean
  remove(key: string): void
  /** The keys of all that is kept, in no order. */
  keys(): readonly string[]
}

/** A change that another window made; null for nothing. */
export interface KeyChange {
  readonly before: string | null
  readonly now: string | null
}

/** What all windows of this device share: one reads what another has written, from then on. */
export interface SharedKeyValue extends KeyValue {
  /**
   * Calls back after another window wrote or removed the key, in the order in which it did, and never for this window's
   * own changes. Returns an unsubscribe.
   */
  onChangedElsewhere(key: string, listener: (change: KeyChange) => void): () => void
}

/** The JSON value under a key; null where there is none, and for any other text. */
export function readJson(memory: KeyValue, key: string): unknown {
  try {
    return JSON.parse(memory.read(key) ?? 'null')
  } catch {
    return null
  }
}
