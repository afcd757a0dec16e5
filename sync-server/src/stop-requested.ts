/**
 * Resolves at the first SIGTERM or SIGINT. From then on the process has `afterMs` to end in good order; a second
 * signal, or the end of that time, ends it at once. The database recovers from that by itself.
 */
export function stopRequested(bound: { readonly afterMs: number }): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const onSignal = () => {
      if (asked) process.exit(1)
      asked = true
      setTimeout(() => process.exit(1), bound.afterMs).unref()
      resolve()
    }
    process.on('SIGTERM', onSignal)
    process.on('SIGINT', onSignal)
  })
}
