import 'fake-indexeddb/auto'
import { memoryLocalStores } from '@questlog/shared/client/rescue/memory-local-store'
import { addQuest } from '@questlog/shared/client/testing/devices'
import * as Y from 'yjs'
import { connectAcrossTabs } from '../../../web/src/browser/connect-across-tabs.ts'
import { openDocumentDatabase } from '../../../web/src/browser/document-database.ts'
import { openWebLocalStore } from '../../../web/src/browser/open-web-local-store.ts'
import { type FailingTab, type FailingTabDeps, openFailingTab } from './failing-tabs.ts'

type DeviceDeps = Pick<FailingTabDeps, 'now' | 'random' | 'serverUrl'>

const MOST_TABS = 3

/** A disk and what runs on it. */
export interface Device {
  readonly tabs: FailingTab[]
  readonly mostTabs: number
  open(): Promise<FailingTab>
  /** Everything on its disk. */
  disk(): Promise<Y.Doc>
}

/** A browser, whose tabs share its disk. */
export function browserDevice(documentName: string, deps: DeviceDeps): Device {
  return {
    tabs: [],
    mostTabs: MOST_TABS,
    open: () =>
      openFailingTab({
        ...deps,
        documentName,
        openLocalStore: openWebLocalStore,
        connect: connectAcrossTabs,
        userId: 'ann',
      }),
    async disk() {
      const database = await openDocumentDatabase(documentName, () => undefined)
      const rows = await database.getAll('updates')
      database.close()
      return docOf(rows as Uint8Array[])
    },
  }
}

/** The same person elsewhere: a disk for one program at a time. */
export function otherDevice(documentName: string, deps: DeviceDeps): Device {
  const disks = new Map()
  return {
    tabs: [],
    mostTabs: 1,
    open: () =>
      openFailingTab({
        ...deps,
        documentName,
        openLocalStore: memoryLocalStores(disks),
        connect(workspace, options) {
          workspace.connect(options)
          return () => workspace.disconnect()
        },
        userId: 'ann',
      }),
    disk: async () => docOf(disks.get(documentName)?.updates ?? []),
  }
}

/** A document of its updates. */
export function docOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

/** Whether all that a document holds is in another, deletions included. */
export function isContained(doc: Y.Doc, within: Y.Doc): boolean {
  const both = docOf([Y.encodeStateAsUpdate(within), Y.encodeStateAsUpdate(doc)])
  return Y.equalSnapshots(Y.snapshot(both), Y.snapshot(within))
}

/** Changes something at random: a quest, its title, its notes. */
export function edit({ workspace, act }: FailingTab, random: () => number, name: string): void {
  const ids = workspace.projection.list({ kind: 'all' })
  const id = ids[Math.floor(random() * ids.length)]
  act(() => {
    const what = Math.floor(random() * 5)
    if (id === undefined || what === 0) return void addQuest(workspace, name)
    const note = workspace.note(id)
    if (what === 1) return void workspace.dispatch({ kind: 'editQuest', id, fields: { title: name } })
    if (what === 2 || note.length < 2) return note.insert(Math.floor(random() * note.length), name)
    if (what === 3) return note.delete(Math.floor(random() * (note.length - 1)), 1)
    return void workspace.dispatch({ kind: 'trashQuests', ids: [id] })
  })
}
