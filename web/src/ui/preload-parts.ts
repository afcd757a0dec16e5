import { partLoaders } from './later.tsx'

/** Fetches all parts now. What became of a part that cannot be fetched shows when it is needed. */
export async function preloadParts(
  parts: readonly (() => Promise<unknown>)[] = partLoaders,
  areOnDevice = Boolean(navigator.serviceWorker?.controller),
): Promise<void> {
  // From the server all at once, to have them before the network goes. A service worker has them, and breaks some off
  // when the tabs of a busy machine ask for dozens at once.
  if (!areOnDevice) await Promise.allSettled(parts.map((load) => load()))
  else for (const load of parts) await load().catch(() => undefined)
}
