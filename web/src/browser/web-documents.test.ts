import 'fake-indexeddb/auto'
import { describeLocalDocumentsContract } from '@questlog/shared/testing/local-documents-contract'
import { IDBFactory } from 'fake-indexeddb'
import { vi } from 'vitest'
import { openWebLocalStore } from './open-web-local-store.ts'
import { webDocuments } from './web-documents.ts'

describeLocalDocumentsContract('IndexedDB', () => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  return { documents: webDocuments, openStore: openWebLocalStore }
})
