import type { Connection, Document } from '@hocuspocus/server'

/** Whether everybody who has a document open is the same user. */
export function isAlone(doc: Document, userId: string): boolean {
  for (const connection of doc.connections.keys()) {
    if (connection.context.access?.principal.userId !== userId) return false
  }
  return true
}

/** Whether the socket of a connection has the document open twice, under two session names. */
export function hasTwin(doc: Document, connection: Connection): boolean {
  for (const other of doc.connections.keys()) {
    if (other !== connection && other.webSocket === connection.webSocket) return true
  }
  return false
}
