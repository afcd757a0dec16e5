import * as Y from 'yjs'
import { carriedBy, prepareCarry } from '../store/carry.ts'
import type { MergeReport, QuestDocument } from '../store/quest-document.ts'

/** Carries a replica of an old epoch over into a document of a later one, as a device does. */
export function carryOver(old: Y.Doc, finals: Uint8Array | readonly Uint8Array[], next: QuestDocument): MergeReport {
  const way = finals instanceof Uint8Array ? [finals] : finals
  const carry = prepareCarry(way)
  if (carry?.isStartOf(next.doc) !== true) throw new TypeError('The next epoch began with something else')
  Y.applyUpdate(old, way[0] ?? new Uint8Array())
  return next.mergeFrom(old, carriedBy(carry))
}
