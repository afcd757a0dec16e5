import * as Y from 'yjs'
import { isCausallyComplete } from './causal-order.ts'
import type { DecodedUpdate, DeletedRange } from './decode-update.ts'

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
  const stateOf = (client: number): number => Y.getState(doc.store, client)
  const newRuns = update.runs.filter((run) => {
    const known = stateOf(run.client)
    return run.structs.some((struct) => struct.kind !== 'skip' && struct.clock + struct.length > known)
  })
  const ends = new Map(newRuns.map((run) => [run.client, run.end]))
  let hasGap = !isCausallyComplete(update.runs, stateOf)
  const newDeleted = update.deleted.filter((range) => {
    const end = range.clock + range.length
    const known = stateOf(range.client)
    if (end <= known) return !isDeleted(doc, range)
    if (end > (ends.get(range.client) ?? known)) hasGap = true
    return true
  })
  return { newClients: newRuns.map((run) => run.client), newDeleted, hasGap }
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
