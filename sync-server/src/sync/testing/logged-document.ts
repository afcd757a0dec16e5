import * as Y from 'yjs'
import type { UpdateLog } from '../../log/update-log.ts'

/** A document as the log has it now. */
export async function loggedDocument(log: Pick<UpdateLog, 'load'>, document: string): Promise<Y.Doc> {
  const { snapshot, tail } = await log.load(document)
  const doc = new Y.Doc()
  if (snapshot !== null) Y.applyUpdate(doc, snapshot)
  for (const { bytes } of tail) Y.applyUpdate(doc, bytes)
  return doc
}

/** What somebody writes in a document. */
export type LoggedEdit = (doc: Y.Doc) => void

/** Appends to the log what somebody writes in a document, as one update and past all checks. */
export async function writeLogged(
  log: Pick<UpdateLog, 'load' | 'commitBatch'>,
  { document, userId }: { readonly document: string; readonly userId: string },
  edit: LoggedEdit,
): Promise<void> {
  const doc = await loggedDocument(log, document)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.transact(() => edit(doc))
  await log.commitBatch(updates.map((bytes) => ({ document, bytes, userId, clientId: null, claims: [] })))
}
