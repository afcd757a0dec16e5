import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type { RefusalReason } from '@questlog/shared/protocol/documents'
import type * as Y from 'yjs'
import { Unreadable } from '../../log/updates/byte-reader.ts'
import { type DecodedUpdate, decodeUpdate } from '../../log/updates/decode-update.ts'
import { assessUpdate, type NewRun } from './assess-update.ts'
import type { ContentBounds } from './check-contents.ts'
import { checkRemovals } from './check-removals.ts'
import { encodeNew } from './encode-new.ts'
import { judgeStructs } from './judge-structs.ts'
import { createPlaces } from './places.ts'

/** What is to become of an update. */
export type Admission =
  /** The document holds all of it already: nothing to write. */
  | { readonly kind: 'known' }
  /** It builds on what the document lacks. */
  | { readonly kind: 'gap' }
  | {
      readonly kind: 'new'
      readonly bytes: Uint8Array
      readonly newClients: readonly number[]
      /** Whether it is safe by its shape alone. Otherwise it has to prove itself before it is committed. */
      readonly isCertain: boolean
      /** How many elements Yjs walks over to take it, at most. */
      readonly steps: number
    }

/** An update that is taken by its shape alone walks no further: about 20 ms of processor time. */
const CERTAIN_STEPS = 100_000
/** An update that may walk further than this is not even tried. */
const MOST_STEPS = 20_000_000
/** Each transaction walks all client ids of a document. A new epoch has few again, and begins long before there are so many. */
const MOST_CLIENTS = 4_000

/** Reads the bytes of an update; an expected failure for whatever is no update of ours. */
export function readUpdate(bytes: Uint8Array): Result<DecodedUpdate, RefusalReason> {
  return orUnreadable(() => decodeUpdate(bytes))
}

/** Judges a decoded update against a document and reduces it to what is new. Changes nothing; runs without waiting. */
export function admitUpdate(
  update: DecodedUpdate,
  bytes: Uint8Array,
  doc: Y.Doc,
  bounds: ContentBounds,
): Result<Admission, RefusalReason> {
  const assessed = orUnreadable(() => assessUpdate(update, bytes, doc))
  if (!assessed.ok) return assessed
  const { newRuns, newDeleted, deletesUnknown } = assessed.value
  if (newRuns.length === 0 && newDeleted.length === 0) return ok({ kind: 'known' })
  if (hasTooManyClients(newRuns, doc)) return err('rate-limited')
  const places = createPlaces(newRuns, doc)
  const { isComplete, fault, isUndecided, steps, entries } = judgeStructs(newRuns, places, doc, bounds, MOST_STEPS)
  if (!isComplete || deletesUnknown) return ok({ kind: 'gap' })
  if (fault !== null) return err(fault)
  const removals = checkRemovals(entries, newDeleted, doc)
  if (!removals.isCovered) return err('removal')
  return ok({
    kind: 'new',
    bytes: encodeNew(update, bytes, assessed.value),
    newClients: newRuns.map((run) => run.client),
    isCertain: !isUndecided && steps <= CERTAIN_STEPS,
    steps: steps + removals.steps,
  })
}

function hasTooManyClients(runs: readonly NewRun[], doc: Y.Doc): boolean {
  const { clients } = doc.store
  const added = runs.filter(({ client }) => !clients.has(client)).length
  return added > 0 && clients.size + added > MOST_CLIENTS
}

function orUnreadable<Value>(read: () => Value): Result<Value, RefusalReason> {
  try {
    return ok(read())
  } catch (error) {
    if (error instanceof Unreadable) return err(error.fault)
    throw error
  }
}
