/** Who keeps a document in sync: `unknown` where no window can tell what the others do. */
export type SocketStanding = 'free' | 'held' | 'unknown'

/** What the windows of this device that share its disk agree on. A window that ends holds nothing any more. */
export interface Coordination {
  /**
   * Runs one task of a name at a time, among all windows, in the order in which they were asked; settles as the task
   * does. Where no window can tell what the others do, the task runs at once.
   */
  alone<Value>(name: string, task: () => Promise<Value>): Promise<Value>
  /** Whether a window, this one included, keeps the document in sync now, or waits to. Does not reject. */
  socketOf(documentName: string): Promise<SocketStanding>
}
