import * as Y from 'yjs'

/** Whether parts of a document wait in Yjs for others. They are in no list, but go out with every handshake. */
export function hasPending(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null
}

/** Forgets what waits for others. */
export function dropPending(doc: Y.Doc): void {
  doc.store.pendingStructs = null
  doc.store.pendingDs = null
}

/** Whether every part of an update is in its place in a document. */
export function isTakenIn(doc: Y.Doc, update: Uint8Array): boolean {
  const { structs, ds } = Y.decodeUpdate(update)
  const reaches = (client: number, end: number): boolean => end <= Y.getState(doc.store, client)
  return (
    structs.every((struct) => struct instanceof Y.Skip || reaches(struct.id.client, struct.id.clock + struct.length)) &&
    [...ds.clients].every(([client, ranges]) => ranges.every(({ clock, len }) => reaches(client, clock + len)))
  )
}
