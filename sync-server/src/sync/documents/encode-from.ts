import { documentTask } from '../../log/thread/document-task.ts'
import '@questlog/shared/store/lean-yjs'
import { writeVarUint } from 'lib0/encoding'
import * as Y from 'yjs'

/** How many structs are written between two looks at the time. */
const STRUCTS_PER_LOOK = 64

/**
 * What a document holds of some clients from a clock on, and all that is deleted in it, as an update; without what
 * waits in it for a part that never came, which no stock client could send back. Null, and nothing done, if it would
 * take more than so much processor time.
 */
export function encodeFrom(doc: Y.Doc, from: ReadonlyMap<number, number>, mostMs: number): Uint8Array | null {
  const before = process.threadCpuUsage()
  const isOver = (): boolean => {
    const { user, system } = process.threadCpuUsage(before)
    return user + system > mostMs * 1_000
  }
  const encoder = new Y.UpdateEncoderV1()
  const held = [...from].filter(([client, clock]) => clock < Y.getState(doc.store, client))
  writeVarUint(encoder.restEncoder, held.length)
  // Higher client ids first, as Yjs writes and expects them.
  for (const [client, clock] of held.sort(([a], [b]) => b - a)) {
    const structs = doc.store.clients.get(client) ?? []
    const first = Y.findIndexSS(structs, clock)
    for (const part of [structs.length - first, client, clock]) writeVarUint(encoder.restEncoder, part)
    for (let index = first; index < structs.length; index += 1) {
      const struct = structs[index]
      struct?.write(encoder, index === first ? clock - struct.id.clock : 0)
      if (index % STRUCTS_PER_LOOK === 0 && isOver()) return null
    }
  }
  writeDeletions(encoder, doc)
  return encoder.toUint8Array()
}

/** The same of the document that a log makes, however long it takes. */
export function encodeFromLog(log: readonly Uint8Array[], from: ReadonlyMap<number, number>): Uint8Array {
  const doc = new Y.Doc({ gc: true })
  doc.transact(() => {
    for (const update of log) Y.applyUpdate(doc, update)
  })
  const encoded = encodeFrom(doc, from, Number.POSITIVE_INFINITY)
  doc.destroy()
  if (encoded === null) throw new Error('encoding has no bound here')
  return encoded
}

/** `encodeFromLog` in a thread. */
export const encodeTask = documentTask(import.meta.url, encodeFromLog)

function writeDeletions(encoder: Y.UpdateEncoderV1, { store }: Y.Doc): void {
  const { clients } = Y.createDeleteSetFromStructStore(store)
  writeVarUint(encoder.restEncoder, clients.size)
  for (const [client, ranges] of [...clients].sort(([a], [b]) => b - a)) {
    for (const part of [client, ranges.length]) writeVarUint(encoder.restEncoder, part)
    for (const { clock, len } of ranges) for (const part of [clock, len]) writeVarUint(encoder.restEncoder, part)
  }
}
