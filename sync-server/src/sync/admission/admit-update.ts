import { err, ok, type Result } from '@questlog/shared/domain/result'
import type { RefusalReason } from '@questlog/shared/protocol/documents'
import { createEncoder, toUint8Array, writeUint8Array, writeVarUint } from 'lib0/encoding'
import type * as Y from 'yjs'
import { type Assessment, assessUpdate } from './assess-update.ts'
import { Unreadable } from './byte-reader.ts'
import { type ContentBounds, checkContents } from './check-contents.ts'
import { type DecodedUpdate, type DeletedRange, decodeUpdate } from './decode-update.ts'

/** What is to become of an update. */
export type Admission =
  /** The document holds all of it already: nothing to write. */
  | { readonly kind: 'known' }
  /** It builds on what the document lacks. */
  | { readonly kind: 'gap' }
  | { readonly kind: 'new'; readonly bytes: Uint8Array; readonly newClients: readonly number[] }

/** Reads the bytes of an update; an expected failure for whatever is no update of ours. */
export function readUpdate(bytes: Uint8Array): Result<DecodedUpdate, RefusalReason> {
  try {
    return ok(decodeUpdate(bytes))
  } catch (error) {
    if (error instanceof Unreadable) return err(error.fault)
    throw error
  }
}

/** Judges a decoded update against a document and reduces it to what is new. Changes nothing; runs without waiting. */
export function admitUpdate(
  update: DecodedUpdate,
  bytes: Uint8Array,
  doc: Y.Doc,
  bounds: ContentBounds,
): Result<Admission, RefusalReason> {
  const assessment = assessUpdate(update, doc)
  if (assessment.hasGap) return ok({ kind: 'gap' })
  if (assessment.newClients.length === 0 && assessment.newDeleted.length === 0) return ok({ kind: 'known' })
  const fault = checkContents(update, doc, bounds)
  if (fault) return err(fault)
  return ok({ kind: 'new', bytes: newBytes(update, bytes, assessment), newClients: assessment.newClients })
}

// A reconnecting device sends every deletion it knows of; only the ones that the log lacks are worth a row.
function newBytes(update: DecodedUpdate, bytes: Uint8Array, assessment: Assessment): Uint8Array {
  const { newClients, newDeleted } = assessment
  const hasNewStructs = newClients.length > 0
  if (newDeleted.length === update.deleted.length && (hasNewStructs || update.runs.length === 0)) return bytes
  const encoder = createEncoder()
  if (hasNewStructs) writeUint8Array(encoder, bytes.subarray(0, update.deletedOffset))
  else writeVarUint(encoder, 0)
  const ranges = Map.groupBy(newDeleted, (range) => range.client)
  writeVarUint(encoder, ranges.size)
  for (const [client, ofClient] of ranges) writeRanges(encoder, client, ofClient)
  return toUint8Array(encoder)
}

function writeRanges(encoder: ReturnType<typeof createEncoder>, client: number, ranges: readonly DeletedRange[]): void {
  writeVarUint(encoder, client)
  writeVarUint(encoder, ranges.length)
  for (const range of ranges) {
    writeVarUint(encoder, range.clock)
    writeVarUint(encoder, range.length)
  }
}
