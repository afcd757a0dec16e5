import type * as Y from 'yjs'
import type { ElementId, Struct } from '../../log/updates/decode-update.ts'
import { isSameId, originAt, type Place, type Places, rightOriginOf } from './places.ts'

/**
 * What is known of the place that a struct asks for. `plausible`: some editor may have seen its two neighbours side by
 * side, so that Yjs puts it in the same place on every device. `undecided`: only applying what comes before it can
 * tell.
 */
export type Judgement = 'plausible' | 'undecided' | 'impossible'

/** A place with its neighbours looked up; null for the beginning and the end of a list. */
export interface Neighbours {
  readonly left: Place | null
  readonly right: Place | null
}

/** Looks up the neighbours of a struct; null if nothing can stand beside one of them. */
export function neighboursOf({ origin, rightOrigin }: Struct, places: Places): Neighbours | null {
  const left = origin === null ? null : places.find(origin)
  const right = rightOrigin === null ? null : places.find(rightOrigin)
  const isLost = (origin !== null && left === null) || (rightOrigin !== null && right === null)
  return isLost ? null : { left, right }
}

/**
 * Judges whether two neighbours can ever have stood side by side. An editor that saw them knew all that they build on,
 * so nothing of that can lie between them: neither the left one's right origin nor the right one's origin.
 */
export function judgePlace({ origin, rightOrigin }: Struct, { left, right }: Neighbours): Judgement {
  if (left === null || origin === null) {
    return right === null || rightOrigin === null || originAt(right, rightOrigin) === null ? 'plausible' : 'impossible'
  }
  if (right === null || rightOrigin === null) return rightOriginOf(left) === null ? 'plausible' : 'impossible'
  if (isSameId(originAt(right, rightOrigin), origin) || isSameId(rightOriginOf(left), rightOrigin)) return 'plausible'
  if (left.kind === 'new' || right.kind === 'new') return 'undecided'
  return judgeHeld(left.item, origin, right.item, rightOrigin)
}

function judgeHeld(left: Y.Item, origin: ElementId, right: Y.Item, rightOrigin: ElementId): Judgement {
  // It was written after what stands before it in its own item.
  if (right.id.clock !== rightOrigin.clock || (right.origin !== null && isAfter(left, right.origin, origin))) {
    return 'impossible'
  }
  for (let between = left.right; between !== right; between = between.right) {
    if (between === null || holds(between, right.origin) || holds(between, left.rightOrigin)) return 'impossible'
  }
  return 'plausible'
}

function isAfter(item: Y.Item, id: ElementId, other: ElementId): boolean {
  return holds(item, id) && id.clock > other.clock
}

function holds({ id, length }: Y.Item, element: ElementId | null): boolean {
  return (
    element !== null && element.client === id.client && element.clock >= id.clock && element.clock < id.clock + length
  )
}
