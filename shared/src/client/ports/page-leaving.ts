/**
 * Calls back when the page is about to go away, perhaps for good: what the callback only begins may never happen.
 * Returns the unsubscribe.
 */
export type OnPageLeaving = (listener: () => void) => () => void
