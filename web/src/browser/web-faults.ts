import type { Faults } from '@questlog/shared/client/ports/faults'

/** Faults in a browser: what IndexedDB throws by itself is a `DOMException`; bugs go to the console. */
export const webFaults: Faults = {
  isOfStorage: (cause) => cause instanceof DOMException,
  report: (cause) => console.error(cause),
}
