/** Knows whether a document holds all that the tabs of this browser have written to its disk. */
export interface DiskWatch {
  /**
   * Runs a write of edits that no server holds. Each watching tab, this one included, learns that it is behind before
   * it lands, and looks at the disk once it is over, even when this tab crashed.
   */
  announce<Value>(write: () => Promise<Value>): Promise<Value>
  /** Looks at the disk now and after each announced write, until `stop`. */
  start(): void
  /** From now on the document counts as behind. */
  stop(): void
  /** Calls back now and on each change with whether all that was announced has been read; returns an unsubscribe. */
  onCaughtUp(listener: (isCaughtUp: boolean) => void): () => void
}

/** Whether the document is caught up, and who wants to know. */
export interface CaughtUp extends Pick<DiskWatch, 'onCaughtUp'> {
  tell(isCaughtUp: boolean): void
}

/** Starts behind. */
export function createCaughtUp(): CaughtUp {
  const listeners = new Set<(isCaughtUp: boolean) => void>()
  let isCaughtUp = false
  return {
    tell(next) {
      if (isCaughtUp === next) return
      isCaughtUp = next
      for (const listener of [...listeners]) listener(next)
    },
    onCaughtUp(listener) {
      listeners.add(listener)
      listener(isCaughtUp)
      return () => listeners.delete(listener)
    },
  }
}
