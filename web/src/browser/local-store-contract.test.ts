import 'fake-indexeddb/auto'
import type { OpenLocalStore } from '@questlog/shared/client/ports/local-store'
import { describeLocalStoreContract } from '@questlog/shared/testing/local-store-contract'
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import { openDB } from 'idb'
import { vi } from 'vitest'
import { memoryStorage } from '../testing/memory-storage.ts'
import { databaseNameOf } from './document-database.ts'
import { openIndexedDbLocalStore } from './indexeddb-local-store.ts'
import { openWebLocalStore } from './open-web-local-store.ts'

/** The browser's own faults and crashes are tested in a browser, in `e2e/`; here the disk is in memory. */
function describeAdapter(name: string, open: OpenLocalStore): void {
  describeLocalStoreContract(
    name,
    async () => {
      vi.stubGlobal('indexedDB', new IDBFactory())
      vi.stubGlobal('localStorage', memoryStorage())
      return { open }
    },
    {
      fillDisk() {
        const writes = (['add', 'put'] as const).map((method) =>
          vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(() => {
            throw new DOMException('no room', 'QuotaExceededError')
          }),
        )
        return () => {
          for (const write of writes) write.mockRestore()
        }
      },
      async corruptFirstUpdate(_device, documentName) {
        const database = await openDB(databaseNameOf(documentName))
        const [first] = await database.getAllKeys('updates')
        await database.put('updates', new Uint8Array([255, 255]), first)
        database.close()
      },
    },
  )
}

describeAdapter('IndexedDB', (documentName) => openIndexedDbLocalStore(documentName))
describeAdapter('IndexedDB, kept equal in all tabs', openWebLocalStore)
