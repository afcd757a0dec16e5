import * as Y from 'yjs'
import { type Guard, isArrayOf, isCount, isMissingOr, isPairOf, isShape } from '../../domain/kernel/value-shape.ts'
import { type DeletedElements, NONE_DELETED, withDeleted, withoutDeleted } from './deleted-elements.ts'
import { hasWaiting } from './waiting-structs.ts'

/** What the server is known to hold of a document: every struct below each client's clock, and a set of deletions. */
export interface Acknowledged {
  readonly clocks: readonly (readonly [client: number, clock: number])[]
  readonly deletions: number
  /**
   * Of the deletions. Two tabs may have deleted as many elements and not the same ones. Missing in what an earlier
   * version kept: then nothing is known of deletions.
   */
  readonly digest?: number | undefined
}

/** Whether a value is such a fact. */
export const isAcknowledged: Guard<Acknowledged> = isShape({
  clocks: isArrayOf(isPairOf(isCount)),
  deletions: isCount,
  digest: isMissingOr(isCount),
})

/** Reads back a stored fact; null when there is none, or none that can be trusted. */
export function parseAcknowledged(value: unknown): Acknowledged | null {
  return isAcknowledged(value) ? value : null
}

/** A moment in a document's life, to be acknowledged later as a whole. */
export interface Mark {
  readonly clocks: ReadonlyMap<number, number>
  readonly ownDeletions: DeletedElements
}

/**
 * Knows which changes of a document the server has not acknowledged as committed. It is derived from
 * the document itself, so it is right at a cold start; when in doubt it errs towards "unsaved".
 */
export interface SavedTracker {
  /** Record writes and runs of note text that the server has not acknowledged. */
  unsavedChanges(): number
  /** Now, for a frame about to be sent that completes what the server was sent so far. */
  mark(): Mark
  /** The server has committed everything of this device up to the mark. */
  acknowledge(mark: Mark): void
  /**
   * Takes back what the server acknowledged and by this state vector does not hold: it was put back to a backup.
   * Whether there was such.
   */
  lower(stateVector: Uint8Array): boolean
  /** The server holds every struct below these clocks. */
  acknowledgeClocks(held: ReadonlyMap<number, number>): void
  /** Takes what another tab, or an earlier run, learned. */
  learn(acknowledged: Acknowledged): void
  /** Whether the server is known to hold an element. */
  isAcknowledged(client: number, clock: number): boolean
  /** Whether the server ever acknowledged or sent anything of this document. */
  isKnownToServer(): boolean
  /** Null until the server acknowledged anything. */
  acknowledged(): Acknowledged | null
  destroy(): void
}

/** Follows a loaded document; `fromServer` tells which transaction origins carry what the server sent. */
export function createSavedTracker(
  doc: Y.Doc,
  stored: Acknowledged | null,
  fromServer: (origin: unknown) => boolean,
): SavedTracker {
  let now = Y.decodeStateVector(Y.encodeStateVector(doc))
  let deletions = allDeleted(doc)
  // Deletions not known to come from the server, as a running sum; those past the acknowledged ones are unsaved.
  let ownDeletions = deletions
  let ownDeletionsAcknowledged = NONE_DELETED
  let known = stored !== null
  // Of deletions a claim says something only while they are the very ones it speaks of.
  let claim = stored
  const clocks = new Map<number, number>(stored?.clocks ?? [])

  const settleClaim = () => {
    if (claim === null || claim.digest !== deletions.digest || claim.deletions !== deletions.count) return
    ownDeletionsAcknowledged = ownDeletions
    claim = null
  }
  settleClaim()

  // What waited for a missing part may be this device's own, so the transaction it lands in is not the server's word.
  const waited = Symbol('waited')
  const beforeTransaction = (transaction: Y.Transaction) => {
    transaction.meta.set(waited, hasWaiting(doc))
  }
  const afterTransaction = (transaction: Y.Transaction) => {
    now = transaction.afterState
    deletions = withNewlyDeleted(deletions, doc, transaction)
    if (!fromServer(transaction.origin) || transaction.meta.get(waited) === true) {
      ownDeletions = withNewlyDeleted(ownDeletions, doc, transaction)
      return
    }
    known = true
    for (const [client, clock] of now) {
      // Only what this transaction brought: the server echoes this device's own updates before they are committed.
      if (clock !== (transaction.beforeState.get(client) ?? 0)) raise(clocks, client, clock)
    }
  }
  doc.on('beforeTransaction', beforeTransaction)
  doc.on('afterTransaction', afterTransaction)

  return {
    unsavedChanges() {
      const written = countBeyond(doc, clocks)
      if (written > 0) return written
      if (ownDeletions.count > ownDeletionsAcknowledged.count) settleClaim()
      return ownDeletions.count > ownDeletionsAcknowledged.count ? 1 : 0
    },
    // The state after the last finished transaction, not of this instant: an observer's own write may be under way.
    mark: () => ({ clocks: now, ownDeletions }),
    acknowledge(mark) {
      known = true
      for (const [client, clock] of mark.clocks) raise(clocks, client, clock)
      if (mark.ownDeletions.count > ownDeletionsAcknowledged.count) ownDeletionsAcknowledged = mark.ownDeletions
    },
    lower(stateVector) {
      const held = Y.decodeStateVector(stateVector)
      let isLowered = false
      for (const [client, clock] of clocks) {
        const heldClock = held.get(client) ?? 0
        if (heldClock >= clock) continue
        clocks.set(client, heldClock)
        isLowered = true
      }
      if (isLowered) {
        // No state vector tells which deletions were lost.
        ownDeletions = deletions
        ownDeletionsAcknowledged = NONE_DELETED
        claim = null
      }
      return isLowered
    },
    acknowledgeClocks(held) {
      known = true
      for (const [client, clock] of held) raise(clocks, client, clock)
    },
    learn(acknowledged) {
      known = true
      for (const [client, clock] of acknowledged.clocks) raise(clocks, client, clock)
      claim = acknowledged
      settleClaim()
    },
    isAcknowledged: (client, clock) => clock < (clocks.get(client) ?? 0),
    isKnownToServer: () => known,
    acknowledged() {
      if (!known) return null
      const unsaved = withoutDeleted(ownDeletions, ownDeletionsAcknowledged)
      const { count, digest } = withoutDeleted(deletions, unsaved)
      return { clocks: [...clocks], deletions: count, digest }
    },
    destroy() {
      doc.off('beforeTransaction', beforeTransaction)
      doc.off('afterTransaction', afterTransaction)
    },
  }
}

/** One for each entry pushed to a table and one for each run of note text, past the known clocks. */
function countBeyond(doc: Y.Doc, known: ReadonlyMap<number, number>): number {
  let count = 0
  for (const [client, structs] of doc.store.clients) {
    const clock = known.get(client) ?? 0
    if (Y.getState(doc.store, client) <= clock) continue
    for (let index = Y.findIndexSS(structs, clock); index < structs.length; index += 1) {
      const struct = structs[index]
      if (struct === undefined) break
      const isEntries = struct instanceof Y.Item && struct.parent instanceof Y.Array
      count += isEntries ? struct.id.clock + struct.length - Math.max(clock, struct.id.clock) : 1
    }
  }
  return count
}

function allDeleted(doc: Y.Doc): DeletedElements {
  let deleted = NONE_DELETED
  for (const structs of doc.store.clients.values()) {
    for (const struct of structs) if (struct.deleted) deleted = withStruct(deleted, struct)
  }
  return deleted
}

function withNewlyDeleted(before: DeletedElements, doc: Y.Doc, transaction: Y.Transaction): DeletedElements {
  let deleted = before
  for (const [client, ranges] of transaction.deleteSet.clients) {
    for (const { clock, len } of ranges) deleted = withDeleted(deleted, client, clock, len)
  }
  // A struct that was collected elsewhere arrives deleted, and is in no delete set.
  for (const [client, clock] of transaction.afterState) {
    const known = transaction.beforeState.get(client) ?? 0
    const structs = doc.store.clients.get(client)
    if (clock === known || structs === undefined) continue
    for (let index = Y.findIndexSS(structs, known); index < structs.length; index += 1) {
      const struct = structs[index]
      if (struct instanceof Y.GC && struct.id.clock >= known) deleted = withStruct(deleted, struct)
    }
  }
  return deleted
}

function withStruct(deleted: DeletedElements, { id, length }: Y.Item | Y.GC): DeletedElements {
  return withDeleted(deleted, id.client, id.clock, length)
}

function raise(clocks: Map<number, number>, client: number, clock: number): void {
  if (clock > (clocks.get(client) ?? 0)) clocks.set(client, clock)
}
