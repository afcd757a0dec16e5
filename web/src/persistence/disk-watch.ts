/** Knows whether a document holds all that the tabs of this browser have written to its disk. */
export interface DiskWatch {
  /**
   * Runs a write of edits that no server holds. Each watching tab, this one included, learns that it is behind before
   * it lands, and looks at the disk once it is over, be it because this tab crashed.
   */
  announce<Value>(write: () => Promise<Value>): Promise<Value>
  /** Looks at the disk now and after each announced write, until `stop`. */
  start(): void
  /** From now on the document counts as behind. */
  stop(): void
  /** Calls back now and on each change with whether all that was announced has been read; returns an unsubscribe. */
  onCaughtUp(listener: (isCaughtUp: boolean) => void): () => void
}

/**
 * Watches by two Web Locks, which the browser takes from a tab that crashes. Tabs share `current` while they are
 * caught up; a writer steals it, which tells each of them. Writers share `writing` until their rows are committed; a
 * tab that asks for it alone after the theft is given it once they are. Without Web Locks (pages by plain http) nobody
 * is told, and `catchUp` is left to others.
 */
export function createDiskWatch(documentName: string, catchUp: () => Promise<void>): DiskWatch {
  const current = `questlog/current/${documentName}`
  const writing = `questlog/writing/${documentName}`
  const locks: LockManager | undefined = globalThis.navigator?.locks
  const listeners = new Set<(isCaughtUp: boolean) => void>()
  let isCaughtUp = false
  let watching: AbortController | null = null

  function tell(next: boolean): void {
    if (isCaughtUp === next) return
    isCaughtUp = next
    for (const listener of [...listeners]) listener(next)
  }

  function look(signal: AbortSignal): void {
    catchUp().then(
      () => signal.aborted || tell(true),
      // A disk that cannot be read vouches for nothing. The store reports it, and announces once it writes again.
      () => undefined,
    )
  }

  /** From the end of one theft to the next one. */
  async function takeTurn(manager: LockManager, watch: AbortController): Promise<void> {
    const turn = new AbortController()
    const { signal } = turn
    watch.signal.addEventListener('abort', () => turn.abort(), { signal })
    try {
      await manager.request(current, { mode: 'shared', signal }, () => {
        manager.request(writing, { signal }, () => undefined).then(() => look(signal), ignoreRefusal)
        return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      })
    } finally {
      turn.abort()
      if (watching === watch) tell(false)
    }
  }

  async function takeTurns(manager: LockManager, watch: AbortController): Promise<void> {
    while (!watch.signal.aborted) {
      try {
        await takeTurn(manager, watch)
      } catch (reason) {
        // Stolen. Anything else means that this page is allowed no locks.
        if (!(reason instanceof Error && reason.name === 'AbortError')) return look(watch.signal)
      }
    }
  }

  return {
    announce(write) {
      if (locks === undefined) return write()
      let end = () => {}
      const over = new Promise<void>((resolve) => {
        end = resolve
      })
      // In this order, and before the write begins: whoever learns of the theft finds this writer in the queue.
      locks.request(writing, { mode: 'shared' }, () => over).catch(ignoreRefusal)
      locks.request(current, { steal: true }, () => undefined).catch(ignoreRefusal)
      return write().finally(end)
    },
    start() {
      if (watching !== null) return
      watching = new AbortController()
      if (locks === undefined) look(watching.signal)
      else void takeTurns(locks, watching)
    },
    stop() {
      watching?.abort()
      watching = null
      tell(false)
    },
    onCaughtUp(listener) {
      listeners.add(listener)
      listener(isCaughtUp)
      return () => listeners.delete(listener)
    },
  }
}

/** The lock was stolen in turn, is waited for no longer, or is not for this page to have. */
function ignoreRefusal(): void {}
