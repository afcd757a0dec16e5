/** Says once, for good, that some work is to end; can be asked, and waited for. */
export interface Ending {
  isOver(): boolean
  end(): void
  /** Resolves when it is over. */
  readonly ended: Promise<void>
}

/** Not over yet. */
export function createEnding(): Ending {
  const { promise, resolve } = Promise.withResolvers<void>()
  let isOver = false
  return {
    isOver: () => isOver,
    ended: promise,
    end() {
      isOver = true
      resolve()
    },
  }
}
