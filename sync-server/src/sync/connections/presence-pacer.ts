/** Spreads presence, which goes to everybody who has a document open, over time. */
export interface PresencePacer {
  /**
   * Hands a message on, at once where the document was quiet, or together with others a little later. Of several with
   * one key the last one counts.
   */
  pass(document: string, key: string, hand: () => void): void
  stop(): void
}

/**
 * Hands on at most once in `everyMs` for each document, and then all that waits in one turn of the event loop, so that
 * everybody is sent one message about it: without this a document costs its members times their messages.
 */
export function createPresencePacer({ everyMs }: { readonly everyMs: number }): PresencePacer {
  const waiting = new Map<string, Map<string, () => void>>()
  const timers = new Set<NodeJS.Timeout>()

  const wait = (document: string): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      const messages = waiting.get(document)
      waiting.delete(document)
      if (messages === undefined || messages.size === 0) return
      waiting.set(document, new Map())
      wait(document)
      for (const hand of messages.values()) hand()
    }, everyMs).unref()
    timers.add(timer)
  }

  return {
    pass(document, key, hand) {
      const messages = waiting.get(document)
      if (messages !== undefined) {
        messages.set(key, hand)
        return
      }
      waiting.set(document, new Map())
      wait(document)
      hand()
    },
    stop() {
      for (const timer of timers) clearTimeout(timer)
      waiting.clear()
    },
  }
}
