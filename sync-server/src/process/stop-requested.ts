/** Ctrl+C reaches the server from the terminal and once more through `npm start`: together they are one request. */
const ONE_REQUEST_MS = 1_000

/**
 * Resolves at the first SIGTERM, SIGINT or SIGHUP (a closed terminal). From then on the process has `afterMs` to end in
 * good order; a second request, or the end of that time, ends it at once. The database recovers from that by itself.
 */
export function stopRequested(bound: { readonly afterMs: number }): Promise<void> {
  return new Promise((resolve) => {
    let askedAtMs: number | undefined
    const onSignal = () => {
      if (askedAtMs !== undefined) {
        if (performance.now() - askedAtMs > ONE_REQUEST_MS) process.exit(1)
        return
      }
      askedAtMs = performance.now()
      setTimeout(() => process.exit(1), bound.afterMs).unref()
      resolve()
    }
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, onSignal)
  })
}
