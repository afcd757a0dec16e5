/**
 * What work costs before it is done, in microseconds of processor time; what it takes beyond that is measured where it
 * runs without waiting, and charged after. Taken from profiles of a server under load.
 */
export const price = {
  /** A sync message: reading, judging, its share of a commit, its acknowledgement. */
  frame: (bytes: number): number => 120 + bytes * 0.01,
  /** Presence, shown to everybody who has the document open. */
  presence: 60,
  /** A token that is looked at, and a role that is read; for somebody unknown mostly the former. */
  authentication: 1_000,
  unknownToken: 100,
  /** A document that is built from its log. */
  load: (encodedBytes: number): number => 1_000 + encodedBytes * 0.02,
  /** A REST request. */
  request: 2_000,
} as const
