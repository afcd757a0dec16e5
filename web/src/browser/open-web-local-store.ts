import type { LocalStore } from '@questlog/shared/client/ports/local-store'
import type * as Y from 'yjs'
import { openIndexedDbLocalStore } from './indexeddb-local-store.ts'
import { askForPersistentStorage } from './persistent-storage.ts'
import { FromOtherTab, joinTabs, type Tabs } from './tabs.ts'

/**
 * The web app's `OpenLocalStore`: a document's IndexedDB store, kept equal with the same document in other tabs from
 * `load` until `close`. The first edit made here asks the browser to keep the data.
 */
export async function openWebLocalStore(documentName: string): Promise<LocalStore> {
  const store = await openIndexedDbLocalStore(documentName, {
    isWrittenElsewhere: (origin) => origin instanceof FromOtherTab,
  })
  let tabs: Tabs | null = null
  const stopWatchingPage = onPageShown(store.watch)
  const leave = async () => {
    stopWatchingPage()
    await tabs?.leave()
  }
  return {
    ...store,
    async load(doc) {
      await store.load(doc)
      tabs = joinTabs(documentName, doc, store)
      askAfterFirstEdit(doc)
    },
    async close() {
      await leave()
      await store.close()
    },
    async destroy() {
      await leave()
      await store.destroy()
    },
  }
}

function askAfterFirstEdit(doc: Y.Doc): void {
  const ask = (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    if (!transaction.local) return
    doc.off('update', ask)
    askForPersistentStorage()
  }
  doc.on('update', ask)
}

/** A page that is put aside may neither hold a lock nor hear that it is behind. */
function onPageShown(watch: (isShown: boolean) => void): () => void {
  const listening = new AbortController()
  const { signal } = listening
  if (typeof window !== 'undefined') {
    window.addEventListener('pagehide', () => watch(false), { signal })
    window.addEventListener('pageshow', () => watch(true), { signal })
    document.addEventListener('freeze', () => watch(false), { signal })
    document.addEventListener('resume', () => watch(true), { signal })
  }
  return () => listening.abort()
}
