import type { LocalDocuments } from '../ports/local-documents.ts'
import type { MemoryDisks } from '../rescue/memory-local-store.ts'

/** The documents of a device without a disk. */
export function memoryDocuments(disks: MemoryDisks = new Map()): LocalDocuments {
  return {
    names: async () => [...disks.keys()],
    async remove(documentName) {
      disks.delete(documentName)
    },
  }
}
