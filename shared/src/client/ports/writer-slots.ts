/** A place in a device's list of writers of one document, held by one runtime (tab, window) at a time. */
export interface WriterSlot {
  /** The lowest free one, so that there are only as many slots as runtimes ever had the document open at once. */
  readonly number: number
  /** Calls back when the page is about to go away, perhaps for good; returns the unsubscribe. */
  onLeave(listener: () => void): () => void
  release(): void
}

/** Hands out slots. */
export interface WriterSlots {
  /** Takes a slot until it is released or this runtime ends; null where nobody can tell what other runtimes hold. */
  take(documentName: string): Promise<WriterSlot | null>
}
