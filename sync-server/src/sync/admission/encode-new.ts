import { createEncoder, toUint8Array, writeUint8Array, writeVarUint } from 'lib0/encoding'
import type { DecodedUpdate, DeletedRange } from '../../log/updates/decode-update.ts'
import type { Assessment, NewRun } from './assess-update.ts'

/**
 * The new part of an update, as an update without holes and with nothing known in it, clients in the order in which Yjs
 * writes them: the same bytes if they are that already.
 */
export function encodeNew(update: DecodedUpdate, bytes: Uint8Array, assessment: Assessment): Uint8Array {
  const { newRuns, newDeleted } = assessment
  if (isAllNew(update, assessment)) return bytes
  const encoder = createEncoder()
  writeVarUint(encoder, newRuns.length)
  for (const run of [...newRuns].sort((a, b) => b.client - a.client)) writeRun(encoder, run, bytes)
  const ranges = Map.groupBy(newDeleted, (range) => range.client)
  writeVarUint(encoder, ranges.size)
  for (const [client, ofClient] of ranges) writeRanges(encoder, client, ofClient)
  return toUint8Array(encoder)
}

function isAllNew({ runs, deleted }: DecodedUpdate, { newRuns, newDeleted }: Assessment): boolean {
  if (newRuns.length !== runs.length || newDeleted.length !== deleted.length) return false
  return runs.every((run, index) => {
    const added = newRuns[index]
    const isWhole = added?.cut === null && added.structs.length === run.structs.length
    return isWhole && run.client < (runs[index - 1]?.client ?? Number.POSITIVE_INFINITY)
  })
}

function writeRun(
  encoder: ReturnType<typeof createEncoder>,
  { client, start, structs, cut }: NewRun,
  bytes: Uint8Array,
) {
  for (const part of [structs.length, client, start]) writeVarUint(encoder, part)
  if (cut !== null) writeUint8Array(encoder, cut)
  // Without holes they lie next to each other.
  const from = (cut === null ? structs[0] : structs[1])?.from
  if (from !== undefined) writeUint8Array(encoder, bytes.subarray(from, structs.at(-1)?.to))
}

function writeRanges(encoder: ReturnType<typeof createEncoder>, client: number, ranges: readonly DeletedRange[]): void {
  writeVarUint(encoder, client)
  writeVarUint(encoder, ranges.length)
  for (const range of ranges) {
    writeVarUint(encoder, range.clock)
    writeVarUint(encoder, range.length)
  }
}
