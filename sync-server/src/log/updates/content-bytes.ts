import { length as encodedLength } from 'lib0/encoding'
import * as Y from 'yjs'
import type { DeletedRange } from './decode-update.ts'

/** Encoded bytes of the contents in some ranges of a document; what is deleted there and what it lacks count nothing. */
export function contentBytes(doc: Y.Doc, ranges: Iterable<DeletedRange>): number {
  let bytes = 0
  for (const { client, clock, length } of ranges) {
    if (clock >= Y.getState(doc.store, client)) continue
    const structs = doc.store.clients.get(client) ?? []
    const end = clock + length
    for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
      const struct = structs[index]
      if (struct === undefined || struct.id.clock >= end) break
      if (!(struct instanceof Y.Item) || !struct.content.isCountable()) continue
      const start = Math.max(0, clock - struct.id.clock)
      bytes += bytesFrom(struct.content, start)
      if (end < struct.id.clock + struct.length) bytes -= bytesFrom(struct.content, end - struct.id.clock)
    }
  }
  return bytes
}

function bytesFrom(content: Y.Item['content'], offset: number): number {
  const encoder = new Y.UpdateEncoderV1()
  content.write(encoder, offset)
  return encodedLength(encoder.restEncoder)
}
