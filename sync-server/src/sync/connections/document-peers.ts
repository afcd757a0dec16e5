import type { Document } from '@hocuspocus/server'

/** Whether everybody who has a document open is the same user. */
export function isAlone(doc: Document, userId: string): boolean {
  for (const connection of doc.connections.keys()) {
    if (connection.context.access?.principal.userId !== userId) return false
  }
  return true
}
