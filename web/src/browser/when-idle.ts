/** A busy device or a hidden tab may never be idle. */
const AT_LATEST_MS = 5_000
const WITHOUT_CALLBACKS_MS = 1_000

/** Runs a task when the page has nothing else to do, or else some seconds later. */
export function whenIdle(task: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(() => task(), { timeout: AT_LATEST_MS })
  else setTimeout(task, WITHOUT_CALLBACKS_MS)
}
