import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { Struct } from './causal-order.ts'

/** A part of an update; an update itself. */
export interface UpdatePiece {
  readonly update: Uint8Array
  /** For each client with structs in the piece, the clock after them. */
  readonly clocks: ReadonlyMap<number, number>
}

interface Run {
  readonly start: number
  readonly encoder: Y.UpdateEncoderV1
  end: number
  count: number
}

/** Writes structs as one update of Yjs' first encoding. */
export interface PieceWriter {
  readonly isEmpty: boolean
  /** Whether the struct follows the client's last one in this piece; a hole cannot be inside. */
  continues(struct: Struct): boolean
  add(struct: Struct): void
  finish(): UpdatePiece
}

/** Starts an empty piece. */
export function startPiece(): PieceWriter {
  const runs = new Map<number, Run>()
  return {
    get isEmpty() {
      return runs.size === 0
    },
    continues({ id }) {
      const run = runs.get(id.client)
      return run === undefined || run.end === id.clock
    },
    add(struct) {
      const { client, clock } = struct.id
      const run = runs.get(client) ?? { start: clock, encoder: new Y.UpdateEncoderV1(), end: clock, count: 0 }
      struct.write(run.encoder, 0)
      run.end = clock + struct.length
      run.count += 1
      runs.set(client, run)
    },
    finish() {
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, runs.size)
      // Yjs merges updates on the condition that the clients descend.
      for (const [client, run] of [...runs].sort(([a], [b]) => b - a)) {
        for (const part of [run.count, client, run.start]) encoding.writeVarUint(encoder, part)
        encoding.writeUint8Array(encoder, run.encoder.toUint8Array())
      }
      encoding.writeVarUint(encoder, 0)
      const clocks = new Map([...runs].map(([client, { end }]) => [client, end]))
      return { update: encoding.toUint8Array(encoder), clocks }
    },
  }
}

/** Deleted elements of one client. */
export interface DeletedRange {
  readonly client: number
  readonly clock: number
  readonly len: number
}

/** An update that deletes ranges and adds nothing. Ranges of one client are next to each other, in clock order. */
export function deletionPiece(ranges: readonly DeletedRange[]): UpdatePiece {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  const byClient = Map.groupBy(ranges, ({ client }) => client)
  encoding.writeVarUint(encoder, byClient.size)
  for (const [client, ofClient] of byClient) {
    for (const part of [client, ofClient.length]) encoding.writeVarUint(encoder, part)
    for (const { clock, len } of ofClient) for (const part of [clock, len]) encoding.writeVarUint(encoder, part)
  }
  return { update: encoding.toUint8Array(encoder), clocks: new Map() }
}
