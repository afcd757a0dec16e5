/** What nodes tell each other. Only hints: the log holds the truth, so a lost message delays and never loses. */
export type BusMessage =
  | { readonly kind: 'appended'; readonly document: string; readonly seq: number }
  /** Something of a document's log was set aside. */
  | { readonly kind: 'revised'; readonly document: string; readonly revision: number }
  | { readonly kind: 'family-ended'; readonly familyId: string }
  /** Somebody's role in a workspace; null for everybody's there. */
  | { readonly kind: 'access-changed'; readonly workspaceId: string; readonly userId: string | null }

/** What a listener hears: messages, and `resync` when some may have been missed and heads must be read again. */
export type BusEvent = BusMessage | { readonly kind: 'resync' }

/** Carries hints between nodes. Delivery is at most once, in no order; `publish` never throws and never waits. */
export interface Bus {
  publish(message: BusMessage): void
  /** Calls back for every event, the node's own messages possibly included; returns an unsubscribe. */
  subscribe(listener: (event: BusEvent) => void): () => void
  /** Releases what the bus holds. */
  close(): Promise<void>
}
