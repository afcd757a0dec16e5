export interface SocketOwnerEvents {
  /** This window alone may connect now. `publish` tells the waiting windows; the function returned must disconnect. */
  readonly onOwned: (publish: (status: unknown) => void) => () => void
  /** What the owning window last published, called in the windows that wait. As sent: parse it. */
  readonly onStatus: (status: unknown) => void
}

/** Lets one window at a time own what several would do alike: the socket of a document. */
export interface SocketOwner {
  /**
   * Makes exactly one window of this device the owner of a document's socket; returns the way to give it up, or to stop
   * waiting. Those that wait hear what the owner published last, also when they come later. A window that ends loses it,
   * and one that no longer answers is replaced. Where no window can tell what others do, each owns a socket of its own.
   */
  hold(documentName: string, events: SocketOwnerEvents): () => void
  /** Calls back when this device's network went or came, as far as the platform tells; returns an unsubscribe. */
  onNetworkChange(listener: () => void): () => void
}
