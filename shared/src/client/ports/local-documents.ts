/** The documents on this device's disk, whatever is remembered of them elsewhere. */
export interface LocalDocuments {
  /** The names of all of them, in no order. Rejects where the disk cannot be read. */
  names(): Promise<readonly string[]>
  /**
   * Removes a document that is not open in this window, with its facts and the history of its workspace; one that is
   * not there is no failure. Rejects while another window holds on to it, with a part perhaps removed already: it is
   * to be called again.
   */
  remove(documentName: string): Promise<void>
}
