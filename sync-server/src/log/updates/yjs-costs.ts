import '@questlog/shared/store/lean-yjs'

/**
 * What Yjs takes to merge, in nanoseconds of processor time, with `lean-yjs` in place. Each is the best of three runs on
 * one core of a small virtual server (Node 24, Yjs 13.6), with a listener for updates: whoever bounds work by them keeps
 * a factor of two or three for slower machines.
 */
export const yjsCosts = {
  /** A struct beside which others are placed: one list item that is walked over to find its place. */
  walkStep: 200,
  /** The same over the first elements of devices that knew nothing of each other, which lie close in memory. */
  nearStep: 65,
  /** A struct that goes on where its author's last one ended: read, placed and written for the listener. */
  struct: 250,
  /** An entry of a list in a struct of many, of some 70 bytes. */
  entry: 1_200,
  /** The same, when it is only written. */
  writtenEntry: 500,
  /** A root type that is new in the document, with its first text. */
  root: 3_300,
  /** A client id of the document, in each transaction, whatever it does; more than twice as much beyond some thousands. */
  clientPerTransaction: 170,
  clientOfManyPerTransaction: 420,
  /** A deleted range in the midst of a list: two cuts, in structs of bounded length. */
  deletedRange: 3_000,
  /** One that is deleted already. */
  knownRange: 120,
} as const
