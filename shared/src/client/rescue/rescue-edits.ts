import * as Y from 'yjs'
import { mergeNoteTexts } from '../../store/merge-notes.ts'
import { openQuestDocument } from '../../store/quest-document.ts'
import type { Timers } from '../ports/timers.ts'
import type { ConnectOptions } from '../sync/connect-options.ts'
import type { SyncStatus } from '../sync/sync-status.ts'
import { createWorkspaceSync } from '../sync/workspace-sync.ts'
import { memoryLocalStores } from './memory-local-store.ts'

export interface RescueDeps {
  readonly documentName: string
  readonly now: () => number
  readonly random: () => number
  readonly timers: Timers
}

/**
 * Merges what this device holds of a document into a copy freshly loaded from the server, and sends that: records by
 * their stamps (R12), note texts that differ one after the other. Answers whether the server has committed all of it.
 * Nothing changes here, and doing it again changes nothing there.
 */
export async function rescueEdits(deps: RescueDeps, doc: Y.Doc, options: ConnectOptions): Promise<boolean> {
  const copy = new Y.Doc()
  const store = await memoryLocalStores()(deps.documentName)
  await store.load(copy)
  const document = openQuestDocument(copy, deps)
  let status: SyncStatus = { kind: 'connecting', unsavedChanges: 0 }
  let onStatus: () => void = () => undefined
  const sync = await createWorkspaceSync({
    ...deps,
    doc: copy,
    store,
    observeServerTime: document.observeServerTime,
    restampAhead: document.restampAhead,
    onMoved: () => undefined,
    onStoreFailure: () => undefined,
    onStatus(next) {
      status = next
      onStatus()
    },
  })
  const untilSaved = () =>
    new Promise<boolean>((resolve) => {
      onStatus = () => {
        if (status.kind === 'saved') resolve(true)
        if (status.kind === 'refused' || status.kind === 'offline') resolve(false)
      }
      onStatus()
    })
  let edits = 0
  const onEdit = () => {
    edits += 1
  }
  doc.on('update', onEdit)
  try {
    sync.connect(options)
    let isSaved = await untilSaved()
    for (let merged = -1; isSaved && merged < edits; isSaved = await untilSaved()) {
      merged = edits
      document.mergeFrom(doc, mergeNoteTexts)
    }
    return isSaved
  } finally {
    doc.off('update', onEdit)
    sync.destroy()
    document.destroy()
    copy.destroy()
    await store.close()
  }
}
