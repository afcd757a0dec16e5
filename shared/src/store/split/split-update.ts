import * as Y from 'yjs'
import { causalOrder } from './causal-order.ts'
import { type Room, sliceStruct } from './slice-struct.ts'
import { type DeletedRange, deletionPiece, startPiece, type UpdatePiece } from './update-piece.ts'

/** A client, a clock and a length. */
const RANGE_BYTES = 24

/**
 * Splits an update into pieces, each within the room given unless a single entry is larger. Applied in their order,
 * none builds on what is still to come, and all together do what the update does; deletions come last.
 */
export function* splitUpdate(update: Uint8Array, most: Room): Generator<UpdatePiece> {
  const { structs, ds } = Y.decodeUpdate(update)
  let piece = startPiece()
  let room = most
  for (const struct of causalOrder(structs)) {
    for (let offset = 0; offset < struct.length; ) {
      const isAttachable = offset > 0 || piece.continues(struct)
      const slice = isAttachable ? sliceStruct(struct, offset, room, piece.isEmpty) : null
      if (slice === null) {
        yield piece.finish()
        piece = startPiece()
        room = most
        continue
      }
      piece.add(slice.struct)
      room = { bytes: room.bytes - slice.bytes, text: room.text - slice.text }
      offset += slice.struct.length
    }
  }
  if (!piece.isEmpty) yield piece.finish()
  yield* splitDeletions(ds.clients, Math.ceil(most.bytes / RANGE_BYTES))
}

function* splitDeletions(
  clients: ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]>,
  most: number,
): Generator<UpdatePiece> {
  let ranges: DeletedRange[] = []
  for (const [client, ofClient] of clients) {
    for (const { clock, len } of ofClient) {
      if (ranges.push({ client, clock, len }) < most) continue
      yield deletionPiece(ranges)
      ranges = []
    }
  }
  if (ranges.length > 0) yield deletionPiece(ranges)
}
