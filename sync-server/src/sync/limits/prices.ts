/**
 * What work costs before it is done, in microseconds of processor time; what it takes beyond that is measured where it
 * runs without waiting, and charged after. Taken from profiles of a server under load.
 */
export const price = {
  /** A sync message: reading, judging, its share of a statement, showing it to others, its acknowledgement. */
  frame: (bytes: number): number => 300 + bytes * 0.01,
  /** An answer to a step one, beside composing it: the socket's writes. */
  answer: (bytes: number): number => 100 + bytes * 0.01,
  /** Presence, shown to everybody who has the document open. */
  presence: 60,
  /** A token that is looked at, and a role that is read; for somebody unknown mostly the former. */
  authentication: 1_000,
  unknownToken: 100,
  /** A document that is built from its log. */
  load: (encodedBytes: number): number => 1_000 + encodedBytes * 0.02,
  /** A REST request. */
  request: 2_000,
  /** What it answers: rows read, put together and written as text. */
  response: (bytes: number): number => bytes * 0.05,
} as const
