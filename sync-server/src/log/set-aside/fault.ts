import type { Seq } from '../update-log.ts'

/** Why a part of the log cannot be taken in by a load. */
export type FaultReason =
  /** It is not there. */
  | 'missing'
  /** Its digest is another. */
  | 'damaged'
  /** It does not open with the key it names. */
  | 'undecryptable'
  /** It is no update. */
  | 'malformed'
  /** Yjs throws on it. */
  | 'throws'
  /** It builds on something that is not there. */
  | 'incomplete'

/** An update that is to be set aside. */
export interface RowFault {
  readonly seq: Seq
  readonly reason: FaultReason
}
