import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { LocalDocuments } from '../client/ports/local-documents.ts'
import type { OpenLocalStore } from '../client/ports/local-store.ts'

/** One device under test, with an empty disk. */
export interface LocalDocumentsHarness {
  readonly documents: LocalDocuments
  readonly openStore: OpenLocalStore
}

const NAMES = ['w:01K00000000000000000000000:1', 'w:01K00000000000000000000001:2']
const [FIRST = '', SECOND = ''] = NAMES

/** The rules of the `LocalDocuments` port, to be run by every adapter beside its `LocalStore`. */
export function describeLocalDocumentsContract(name: string, makeHarness: () => LocalDocumentsHarness): void {
  describe(`LocalDocuments contract: ${name}`, () => {
    const openDevice = async () => {
      const device = makeHarness()
      for (const documentName of NAMES) await write(device, documentName)
      return device
    }
    const write = async ({ openStore }: LocalDocumentsHarness, documentName: string) => {
      const store = await openStore(documentName)
      const doc = new Y.Doc()
      await store.load(doc)
      doc.getArray('list').push([documentName])
      await store.close()
    }

    test('an empty disk has no documents', async () => {
      expect(await makeHarness().documents.names()).toEqual([])
    })

    test('all documents on the disk are named', async () => {
      const { documents } = await openDevice()
      expect([...(await documents.names())].sort()).toEqual(NAMES)
    })

    test('a removed document is gone, with all that was in it, and the others stay', async () => {
      const { documents, openStore } = await openDevice()
      await documents.remove(FIRST)
      expect(await documents.names()).toEqual([SECOND])
      const store = await openStore(FIRST)
      const doc = new Y.Doc()
      await store.load(doc)
      await store.close()
      expect(doc.getArray('list').length).toBe(0)
    })

    test('removing a document that is not there is no failure', async () => {
      const { documents } = await openDevice()
      await documents.remove(FIRST)
      await documents.remove(FIRST)
      expect(await documents.names()).toEqual([SECOND])
    })
  })
}
