import { createDecoder, readVarUint } from 'lib0/decoding'
import * as Y from 'yjs'

/** Some 30,000 clients; each costs a device as much. */
const MAX_STATE_VECTOR_BYTES = 256 * 1024

/**
 * From which clock on a document holds more of each client than a state vector says; null if the bytes are no state
 * vector, or a far too long one. Clients that the document does not know are left out, whatever clocks they have.
 */
export function missingFrom(doc: Y.Doc, stateVector: Uint8Array): ReadonlyMap<number, number> | null {
  const known = readKnown(doc, stateVector)
  if (known === null) return null
  const missing = new Map<number, number>()
  for (const client of doc.store.clients.keys()) {
    const clock = known.get(client) ?? 0
    if (clock < Y.getState(doc.store, client)) missing.set(client, clock)
  }
  return missing
}

function readKnown({ store }: Y.Doc, stateVector: Uint8Array): Map<number, number> | null {
  if (stateVector.length > MAX_STATE_VECTOR_BYTES) return null
  const known = new Map<number, number>()
  try {
    const decoder = createDecoder(stateVector)
    for (let left = readVarUint(decoder); left > 0; left -= 1) {
      const client = readVarUint(decoder)
      const clock = readVarUint(decoder)
      if (store.clients.has(client)) known.set(client, clock)
    }
    return known
  } catch {
    return null
  }
}
