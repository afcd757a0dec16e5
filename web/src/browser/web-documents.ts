import type { LocalDocuments } from '@questlog/shared/client/ports/local-documents'
import { parseDocumentName } from '@questlog/shared/protocol/documents'
import { deleteChangeDatabase } from './change-database.ts'
import { documentsOnDevice } from './document-database.ts'
import { openWebLocalStore } from './open-web-local-store.ts'

/** The documents in this browser's IndexedDB. */
export const webDocuments: LocalDocuments = {
  names: documentsOnDevice,
  async remove(documentName) {
    await (await openWebLocalStore(documentName)).destroy()
    const parsed = parseDocumentName(documentName)
    if (parsed !== null) await deleteChangeDatabase(parsed.id)
  },
}
