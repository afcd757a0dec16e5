import * as Y from 'yjs'
import type { DecodedUpdate, DeletedRange, ElementId } from './decode-update.ts'

/** An update measured against what a document already holds. */
export interface Assessment {
  /** Clients with elements that the document lacks. */
  readonly newClients: readonly number[]
  /** Ranges of which something is not deleted yet. */
  readonly newDeleted: readonly DeletedRange[]
  /** Whether it builds on elements that are neither in the document nor in the update. */
  readonly hasGap: boolean
}

/** Compares without changing anything. Costs no more than the update's own structs and the ranges it deletes. */
export function assessUpdate(update: DecodedUpdate, doc: Y.Doc): Assessment {
  const ends = new Map<number, number>()
  let hasGap = false
  for (const run of update.runs) {
    const known = Y.getState(doc.store, run.client)
    if (run.end <= known) continue
    let end = known
    for (const struct of run.structs) {
      if (struct.kind === 'skip') continue
      if (struct.clock > end) hasGap = true
      end = Math.max(end, struct.clock + struct.length)
    }
    if (end > known) ends.set(run.client, end)
  }
  const isKnown = (id: ElementId): boolean => id.clock < (ends.get(id.client) ?? Y.getState(doc.store, id.client))

  const newDeleted = update.deleted.filter((range) => {
    const last = range.clock + range.length - 1
    if (!isKnown({ client: range.client, clock: last })) hasGap = true
    return last >= Y.getState(doc.store, range.client) || !isDeleted(doc, range)
  })
  for (const run of update.runs) {
    if (hasGap || !ends.has(run.client)) continue
    hasGap = run.structs.some(
      ({ origin, rightOrigin }) =>
        (origin !== null && !isKnown(origin)) || (rightOrigin !== null && !isKnown(rightOrigin)),
    )
  }
  return { newClients: [...ends.keys()], newDeleted, hasGap }
}

function isDeleted(doc: Y.Doc, range: DeletedRange): boolean {
  const structs = doc.store.clients.get(range.client) ?? []
  const end = range.clock + range.length
  for (let index = Y.findIndexSS(structs, range.clock); index < structs.length; index++) {
    const struct = structs[index]
    if (struct === undefined || struct.id.clock >= end) return true
    if (!struct.deleted) return false
  }
  return true
}
