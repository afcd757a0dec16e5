import type { Connection, Document } from '@hocuspocus/server'

const MAX_STATES = 8

/**
 * Reduces a presence message to what its sender may say: its own states. A state under a client id that another
 * connection already presents is left out, so nobody can move somebody else's cursor.
 */
export function admitAwareness(states: Map<number, unknown>, document: Document, sender: Connection): void {
  if (states.size > MAX_STATES) states.clear()
  for (const clientId of [...states.keys()]) {
    for (const [connection, { clients }] of document.connections) {
      if (connection !== sender && clients.has(clientId)) states.delete(clientId)
    }
  }
}
