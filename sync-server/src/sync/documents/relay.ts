import type { Connection, Document } from '@hocuspocus/server'
import { COMMITTED_MESSAGE } from '@questlog/shared/protocol/documents'
import { statelessMessage, step, updateMessage } from '../frames/sync-frames.ts'

/**
 * Shows an update that a document took to all who have it open, save for its author. Hocuspocus would have Yjs encode
 * again what is at hand: `takeOverRelay` keeps it from that.
 */
export function relay(doc: Document, update: Uint8Array, author: Connection | null): void {
  broadcast(doc, author, (address) => updateMessage(address, step.update, update))
}

/**
 * The same ahead of the commit, as a step 2: any client applies both alike, and ours knows a step 2 that answers nothing
 * for an edit that is not committed yet. Returns what tells those who were shown it of the commit.
 */
export function relayEarly(doc: Document, update: Uint8Array, author: Connection): () => void {
  const shown = broadcast(doc, author, (address) => updateMessage(address, step.two, update))
  return () => {
    for (const connection of shown) {
      if (doc.hasConnection(connection)) {
        connection.send(statelessMessage(connection.messageAddress, COMMITTED_MESSAGE))
      }
    }
  }
}

/** From now on a document's updates go out by `relay` alone. */
export function takeOverRelay(doc: Document): void {
  doc._observers.delete('update')
}

/** Sends a message to all but one, made once for each address. Returns to whom. */
function broadcast(
  doc: Document,
  author: Connection | null,
  messageFor: (address: string) => Uint8Array,
): readonly Connection[] {
  const others: Connection[] = []
  for (const connection of doc.connections.keys()) if (connection !== author) others.push(connection)
  let address: string | null = null
  let message = NOTHING
  for (const connection of others) {
    if (connection.messageAddress !== address) {
      address = connection.messageAddress
      message = messageFor(address)
    }
    connection.send(message)
  }
  return others
}

const NOTHING: Uint8Array = new Uint8Array()
