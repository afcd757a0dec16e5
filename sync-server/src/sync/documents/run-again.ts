/**
 * Work that is done once at a time. A caller who asks while it is under way gets a run that begins after they asked,
 * shared with all who ask meanwhile.
 */
export function runAgain(work: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | null = null
  let next: Promise<void> | null = null
  const run = (): Promise<void> => {
    if (current === null) {
      current = work().finally(() => {
        current = null
      })
      return current
    }
    next ??= current
      .catch(() => undefined)
      .then(() => {
        next = null
        return run()
      })
    return next
  }
  return run
}
