import * as Y from 'yjs'
import type { ClientRun, DecodedUpdate, ElementId, Struct } from './decode-update.ts'

/** Tells into which root type a struct goes. */
export interface RootResolver {
  /** The root's name; null when it cannot be known, because the neighbour was collected or is missing. */
  resolve(struct: Struct): string | null
}

/** A struct without a named root belongs where its neighbour belongs, which is in the update or in the document. */
export function createRootResolver(update: DecodedUpdate, doc: Y.Doc): RootResolver {
  let runs: Map<number, ClientRun> | null = null
  const resolved = new Map<Struct, string | null>()

  const inUpdate = (id: ElementId): Struct | null => {
    runs ??= new Map(update.runs.map((run) => [run.client, run]))
    return structAt(runs.get(id.client)?.structs ?? [], id.clock)
  }

  const inDocument = (id: ElementId): string | null => {
    if (id.clock >= Y.getState(doc.store, id.client)) return null
    const item = Y.getItem(doc.store, Y.createID(id.client, id.clock))
    return item instanceof Y.Item && item.parent instanceof Y.AbstractType ? rootName(item.parent) : null
  }

  return {
    resolve(struct) {
      const path: Struct[] = []
      const seen = new Set<Struct>()
      let current: Struct | null = struct
      let root: string | null = null
      while (current !== null && !seen.has(current)) {
        const already = resolved.get(current)
        if (already !== undefined || current.root !== null) {
          root = already ?? current.root
          break
        }
        path.push(current)
        seen.add(current)
        const neighbour: ElementId | null = current.origin ?? current.rightOrigin
        if (neighbour === null) break
        root = inDocument(neighbour)
        if (root !== null) break
        current = inUpdate(neighbour)
      }
      for (const step of path) resolved.set(step, root)
      return root
    },
  }
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

const names = new WeakMap<Y.AbstractType<unknown>, string>()

// Looking a root's name up walks all roots of the document, and every note is one.
function rootName(type: Y.AbstractType<unknown>): string | null {
  const known = names.get(type)
  if (known !== undefined || type._item !== null) return known ?? null
  const name = Y.findRootTypeKey(type)
  names.set(type, name)
  return name
}
