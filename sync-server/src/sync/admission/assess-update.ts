import * as Y from 'yjs'
import type { ClientRun, DecodedUpdate, DeletedRange, Struct } from '../../log/updates/decode-update.ts'
import { cutStruct } from './cut-struct.ts'

/** What one client's run adds to a document: no struct in it is known, not even in part. */
export interface NewRun extends ClientRun {
  /** The encoded first struct, if a part of it was known and is left out. */
  readonly cut: Uint8Array | null
}

/** An update measured against what a document already holds. */
export interface Assessment {
  readonly newRuns: readonly NewRun[]
  /** Ranges with something that is not deleted yet. */
  readonly newDeleted: readonly DeletedRange[]
  /** Whether it deletes elements that are neither in the document nor in the update. */
  readonly deletesUnknown: boolean
}

/**
 * Compares without changing anything. Costs no more than the update's own structs and the ranges it deletes. Throws
 * `Unreadable` if a struct is known in part and cannot be cut there.
 */
export function assessUpdate(update: DecodedUpdate, bytes: Uint8Array, doc: Y.Doc): Assessment {
  const newRuns = update.runs.flatMap((run) => newRunOf(run, bytes, Y.getState(doc.store, run.client)))
  const ends = new Map(newRuns.map((run) => [run.client, run.end]))
  let deletesUnknown = false
  const newDeleted = update.deleted.filter((range) => {
    const end = range.clock + range.length
    const known = Y.getState(doc.store, range.client)
    if (end <= known) return !isDeleted(doc, range)
    if (end > (ends.get(range.client) ?? known)) deletesUnknown = true
    return true
  })
  return { newRuns, newDeleted, deletesUnknown }
}

/**
 * A run without its holes and without what is known. What is behind a hole stays, and is later found to have a gap
 * before it.
 */
function newRunOf({ client, structs }: ClientRun, bytes: Uint8Array, known: number): readonly NewRun[] {
  const [first, ...others] = structs.filter(({ kind, clock, length }) => kind !== 'skip' && clock + length > known)
  if (first === undefined) return []
  const cut = first.clock < known ? cutStruct(bytes, client, first, known - first.clock) : null
  const added: readonly [Struct, ...Struct[]] = [cut?.struct ?? first, ...others]
  const last = others.at(-1) ?? added[0]
  const run = { client, start: added[0].clock, end: last.clock + last.length, structs: added }
  return [{ ...run, cut: cut?.encoded ?? null }]
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
