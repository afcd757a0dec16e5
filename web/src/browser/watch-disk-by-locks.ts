import { createCaughtUp, type DiskWatch } from './disk-watch.ts'

/**
 * Watches by two Web Locks, which the browser takes from a tab that crashes. Tabs share `current` while they are
 * caught up; a writer steals it, which tells each of them. Writers share `writing` until their rows are committed; a
 * tab that asks for it alone after the theft is given it once they are.
 */
export function watchDiskByLocks(documentName: string, catchUp: () => Promise<void>): DiskWatch {
  const current = `questlog/current/${documentName}`
  const writing = `questlog/writing/${documentName}`
  const { locks } = navigator
  const caughtUp = createCaughtUp()
  let watching: AbortController | null = null

  function look(signal: AbortSignal): void {
    catchUp().then(
      () => signal.aborted || caughtUp.tell(true),
      // A disk that cannot be read vouches for nothing. The store reports it, and announces once it writes again.
      () => undefined,
    )
  }

  /** From the end of one theft to the next one. */
  async function takeTurn(watch: AbortController): Promise<void> {
    const turn = new AbortController()
    const { signal } = turn
    watch.signal.addEventListener('abort', () => turn.abort(), { signal })
    try {
      await locks.request(current, { mode: 'shared', signal }, () => {
        locks.request(writing, { signal }, () => undefined).then(() => look(signal), ignoreRefusal)
        return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      })
    } finally {
      turn.abort()
      if (watching === watch) caughtUp.tell(false)
    }
  }

  async function takeTurns(watch: AbortController): Promise<void> {
    while (!watch.signal.aborted) {
      try {
        await takeTurn(watch)
      } catch (reason) {
        // Stolen. Anything else means that this page is allowed no locks.
        if (!(reason instanceof Error && reason.name === 'AbortError')) return look(watch.signal)
      }
    }
  }

  return {
    announce(write) {
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
      void takeTurns(watching)
    },
    stop() {
      watching?.abort()
      watching = null
      caughtUp.tell(false)
    },
    onCaughtUp: caughtUp.onCaughtUp,
  }
}

/** The lock was stolen in turn, is waited for no longer, or is not for this page to have. */
function ignoreRefusal(): void {}
