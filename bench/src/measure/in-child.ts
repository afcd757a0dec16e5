/** Hands a figure to the process that started this one. */
export function sendToParent(message: unknown): void {
  if (process.send === undefined) throw new Error('this script is started by a bench')
  process.send(message)
}

/** Heap in use after a full collection, in bytes. */
export function settledHeap(): number {
  const collect = globalThis.gc
  if (collect === undefined) throw new Error('run with --expose-gc')
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

/** How long a piece of work took, in milliseconds. */
export function timed(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}
