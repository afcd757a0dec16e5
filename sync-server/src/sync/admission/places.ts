import { rootName } from '@questlog/shared/store/yjs-root-names'
import * as Y from 'yjs'
import type { ClientRun, ElementId, Struct } from '../../log/updates/decode-update.ts'

/** Where an element is that a struct names: an item of the document, or a struct of the same update. */
export type Place =
  | { readonly kind: 'held'; readonly item: Y.Item; readonly root: string }
  | { readonly kind: 'new'; readonly struct: Struct; readonly client: number }

/** Finds the elements that the structs of an update name as their neighbours. */
export interface Places {
  /** Null if nothing can stand beside it: it is missing, was collected with its place, or is in a nested type. */
  find(id: ElementId): Place | null
}

/** Looks into the document first, then into what an update adds to it. */
export function createPlaces(runs: readonly ClientRun[], doc: Y.Doc): Places {
  const byClient = new Map(runs.map((run) => [run.client, run]))
  return {
    find(id) {
      if (id.clock < Y.getState(doc.store, id.client)) return heldPlace(doc, id)
      const struct = structAt(byClient.get(id.client)?.structs ?? [], id.clock)
      return struct === null || struct.kind === 'collected' ? null : { kind: 'new', struct, client: id.client }
    },
  }
}

/** The element before one: the neighbour on the left that its author saw. Null for the beginning of a list. */
export function originAt(place: Place, id: ElementId): ElementId | null {
  const start = place.kind === 'held' ? place.item.id.clock : place.struct.clock
  if (id.clock > start) return { client: id.client, clock: id.clock - 1 }
  return place.kind === 'held' ? place.item.origin : place.struct.origin
}

/** The neighbour on the right that its author saw. Null for the end of a list. */
export function rightOriginOf(place: Place): ElementId | null {
  return place.kind === 'held' ? place.item.rightOrigin : place.struct.rightOrigin
}

export function isSameId(a: ElementId | null, b: ElementId | null): boolean {
  return a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock)
}

function heldPlace(doc: Y.Doc, id: ElementId): Place | null {
  const item = Y.getItem(doc.store, Y.createID(id.client, id.clock))
  if (!(item instanceof Y.Item) || item.parent === null) return null
  const root = rootName(item.parent)
  return root === null ? null : { kind: 'held', item, root }
}

function structAt(structs: readonly Struct[], clock: number): Struct | null {
  let low = 0
  let high = structs.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const struct = structs[middle]
    if (struct === undefined) return null
    if (clock < struct.clock) high = middle - 1
    else if (clock >= struct.clock + struct.length) low = middle + 1
    else return struct
  }
  return null
}
