import * as Y from 'yjs'
import { documentTask } from '../thread/document-task.ts'
import type { LoggedUpdate } from '../update-log.ts'
import { dropPending, hasPending, isTakenIn } from '../updates/pending.ts'
import type { FaultReason, RowFault } from './fault.ts'

/**
 * What is wrong with a document's log. This may be only some of it: the rest shows when the log is read without these.
 */
export interface FoundFaults {
  /** Why the snapshot cannot be loaded at all. */
  readonly snapshot: FaultReason | null
  readonly rows: readonly RowFault[]
  /** The document as one update, if something waits in it that no row brought. */
  readonly withoutPending: Uint8Array | null
}

const nothing: FoundFaults = { snapshot: null, rows: [], withoutPending: null }

/**
 * Finds what Yjs cannot take in: first as a load does, everything in one transaction, and if that goes well, update by
 * update, as a reader that follows the log does. Others that may throw, such as observers, are left out.
 */
export function findFaults(snapshot: Uint8Array | null, rows: readonly LoggedUpdate[]): FoundFaults {
  if (snapshot !== null && !takesIn(new Y.Doc(), snapshot)) return { ...nothing, snapshot: reasonOf(snapshot) }
  const thrown = new Map<number, FaultReason>()
  let doc = new Y.Doc()
  for (;;) {
    const thrower = firstThrower(doc, snapshot, rows, thrown)
    if (thrower === 'nobody') break
    if (thrower === 'unknown') {
      const left = rows.filter(({ seq }) => !thrown.has(seq))
      return { ...nothing, rows: [...faultsOf(thrown), ...singleThrower(snapshot, left)] }
    }
    thrown.set(thrower.seq, reasonOf(thrower.bytes))
    doc = new Y.Doc()
  }
  const faults = faultsOf(thrown)
  if (hasPending(doc)) {
    for (const { seq, bytes } of rows) {
      if (!thrown.has(seq) && !isTakenIn(doc, bytes)) faults.push({ seq, reason: 'incomplete' })
    }
    if (faults.length === 0) return { ...nothing, withoutPending: encodedWithoutPending(doc) }
  }
  return { ...nothing, rows: faults.length > 0 ? faults : singleThrower(snapshot, rows) }
}

/** `findFaults` in a thread. */
export const findFaultsTask = documentTask(import.meta.url, findFaults)

function faultsOf(thrown: ReadonlyMap<number, FaultReason>): RowFault[] {
  return Array.from(thrown, ([seq, reason]) => ({ seq, reason }))
}

/** Takes in all rows but those left out, in one transaction; answers the one that threw. */
function firstThrower(
  doc: Y.Doc,
  snapshot: Uint8Array | null,
  rows: readonly LoggedUpdate[],
  leftOut: ReadonlyMap<number, FaultReason>,
): LoggedUpdate | 'nobody' | 'unknown' {
  let current: LoggedUpdate | null = null
  try {
    doc.transact(() => {
      if (snapshot !== null) Y.applyUpdate(doc, snapshot)
      for (const row of rows) {
        if (leftOut.has(row.seq)) continue
        current = row
        Y.applyUpdate(doc, row.bytes)
      }
      current = null
    })
    return 'nobody'
  } catch {
    // At the end of a transaction Yjs tidies up after all of them.
    return current ?? 'unknown'
  }
}

/** The first row that throws when each has a transaction of its own. */
function singleThrower(snapshot: Uint8Array | null, rows: readonly LoggedUpdate[]): readonly RowFault[] {
  const doc = new Y.Doc()
  if (snapshot !== null) Y.applyUpdate(doc, snapshot)
  const thrower = rows.find(({ bytes }) => !takesIn(doc, bytes))
  return thrower === undefined ? [] : [{ seq: thrower.seq, reason: reasonOf(thrower.bytes) }]
}

function takesIn(doc: Y.Doc, update: Uint8Array): boolean {
  try {
    Y.applyUpdate(doc, update)
    return true
  } catch {
    return false
  }
}

function reasonOf(update: Uint8Array): FaultReason {
  try {
    Y.decodeUpdate(update)
    return 'throws'
  } catch {
    return 'malformed'
  }
}

function encodedWithoutPending(doc: Y.Doc): Uint8Array {
  dropPending(doc)
  return Y.encodeStateAsUpdate(doc)
}
