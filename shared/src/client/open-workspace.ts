import * as Y from 'yjs'
import { createStore } from 'zustand/vanilla'
import type { UserId } from '../domain/ids.ts'
import { createHistory } from '../store/history.ts'
import { createProjection } from '../store/projection.ts'
import { openQuestDocument } from '../store/quest-document.ts'
import { TABLE_NAMES } from '../store/schema.ts'
import type { ChangeLog, OpenChangeLog } from './change-log.ts'
import { createDispatch } from './dispatch.ts'
import { exportLog } from './export-log.ts'
import { type LocalStore, LocalStoreFailure, localStoreErrorFrom, type OpenLocalStore } from './local-store.ts'
import { memoryChangeLogs } from './memory-change-log.ts'
import { recordChanges } from './record-changes.ts'
import { rescueEdits } from './rescue-edits.ts'
import { platformTimers, type Timers } from './timers.ts'
import type { ConnectOptions, Workspace, WorkspaceRef, WorkspaceState } from './workspace.ts'
import { createWorkspaceSync } from './workspace-sync.ts'
import { openWriteAccess } from './write-access.ts'

const HISTORY_PAGE = 1000

export interface OpenWorkspaceDeps {
  readonly openLocalStore: OpenLocalStore
  /** Where what happens is kept; without it nothing is. */
  readonly openChangeLog?: OpenChangeLog
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** The device's IANA time zone. */
  readonly timeZone: () => string
  /** Yields numbers in [0, 1). */
  readonly random: () => number
  readonly userId: () => UserId | null
  /** The hour at which the person's day begins, 0–6; midnight unless given. */
  readonly dayStartHour?: () => number
  /** The platform's own unless given. */
  readonly timers?: Timers
}

/**
 * Opens a workspace from this device's disk, without the network. Rejects with a `LocalStoreFailure` when the
 * disk cannot be read; nothing is left open then.
 */
export async function openWorkspace(deps: OpenWorkspaceDeps, ref: WorkspaceRef): Promise<Workspace> {
  const store = await deps.openLocalStore(ref.documentName)
  const doc = new Y.Doc()
  try {
    await store.load(doc)
    return await assemble(deps, ref, store, doc)
  } catch (cause) {
    doc.destroy()
    await store.close().catch(() => undefined)
    throw new LocalStoreFailure(localStoreErrorFrom(cause))
  }
}

async function assemble(deps: OpenWorkspaceDeps, ref: WorkspaceRef, store: LocalStore, doc: Y.Doc): Promise<Workspace> {
  const reportStorage = (cause: unknown) => state.setState({ storageError: localStoreErrorFrom(cause) })
  const access = await openWriteAccess({ ref, store, onStoreFailure: reportStorage })
  const document = openQuestDocument(doc, deps)
  const projection = createProjection(document)
  const history = createHistory(document)
  const state = createStore<WorkspaceState>(() => ({
    sync: { kind: 'local-only' },
    storageError: null,
    canUndo: false,
    canRedo: false,
    problems: document.problems().length,
    readOnly: !access.mayWrite(),
    successor: null,
  }))
  const isReadOnly = () => state.getState().readOnly
  let connectOptions: ConnectOptions | null = null
  let isMoving = false
  let isRescued = false
  // What a device first loads is not news to it.
  let isLoaded = TABLE_NAMES.some((table) => document.ids(table).next().done === false)
  const changes = (deps.openChangeLog ?? memoryChangeLogs())(ref.id)
  const stopRecording =
    deps.openChangeLog === undefined
      ? () => {}
      : recordChanges({ document, log: changes, userId: deps.userId, isLoaded: () => isLoaded })

  store.onError((storageError) => state.setState({ storageError }))
  history.onChange(() => state.setState({ canUndo: history.canUndo(), canRedo: history.canRedo() }))
  doc.on('update', () => {
    const problems = document.problems().length
    if (problems !== state.getState().problems) state.setState({ problems })
  })

  const moveTo = async (documentName: string) => {
    const successor = await openWorkspace(deps, { ...ref, documentName })
    await successor.mergeFrom(workspace)
    // Until the screens have changed over, edits still arrive here: they follow.
    doc.on('update', () => void successor.mergeFrom(workspace).catch(reportStorage))
    if (connectOptions !== null) successor.connect(connectOptions)
    state.setState({ successor })
  }
  const onMoved = (documentName: string) => {
    if (isMoving) return
    isMoving = true
    moveTo(documentName).catch((cause: unknown) => {
      isMoving = false
      reportStorage(cause)
    })
  }

  const timers = deps.timers ?? platformTimers
  const rescue = async (options: ConnectOptions) =>
    !isReadOnly() && rescueEdits({ ...deps, timers, documentName: ref.documentName }, doc, options)
  const rescueOnce = () => {
    if (isRescued || connectOptions === null) return
    isRescued = true
    rescue(connectOptions).catch(reportStorage)
  }

  const sync = await createWorkspaceSync({
    documentName: ref.documentName,
    doc,
    store,
    now: deps.now,
    random: deps.random,
    timers,
    observeServerTime: document.observeServerTime,
    restampAhead: document.restampAhead,
    onMoved,
    onStoreFailure: reportStorage,
    onStatus(status, readOnly) {
      access.hear(status, readOnly)
      if (status.kind === 'saved') isLoaded = true
      state.setState({ sync: status, readOnly: readOnly || !access.mayWrite() })
      if (status.kind === 'refused' && status.reason === 'content-differs') rescueOnce()
    },
  })

  const flush = async () => {
    await store.flush()
    // Everything is on disk again. Rows that were set aside stay so.
    if (state.getState().storageError?.kind !== 'corrupt') state.setState({ storageError: null })
  }

  const takeOverHistory = async (from: ChangeLog) => {
    let page = await from.latest(HISTORY_PAGE, null)
    changes.add(page.changes)
    while (page.next !== null) {
      page = await from.latest(HISTORY_PAGE, page.next)
      changes.add(page.changes)
    }
    await changes.settled()
  }

  const release = async () => {
    stopRecording()
    sync.destroy()
    projection.destroy()
    document.destroy()
    doc.destroy()
    await changes.close()
  }

  const workspace: Workspace = {
    ref,
    projection,
    state,
    doc,
    changes,
    dispatch: createDispatch({ ...deps, document, projection, history, isReadOnly }),
    undo: () => !isReadOnly() && history.undo() !== null,
    redo: () => !isReadOnly() && history.redo() !== null,
    note: document.note,
    awareness: () => sync.awareness,
    flush,
    rescue,
    connect(options) {
      connectOptions = options
      isRescued = false
      sync.connect(options)
    },
    disconnect() {
      connectOptions = null
      sync.disconnect()
    },
    shareStatus: sync.shareStatus,
    followStatus: sync.followStatus,
    countUnreadable: sync.setAside.countUnreadable,
    setAsideUnreadable: sync.setAside.setAsideUnreadable,
    setAside: sync.setAside.entries,
    keepSetAside: sync.setAside.add,
    exportLog: () =>
      exportLog(document, {
        exportedAt: deps.now(),
        workspace: { id: ref.id, name: ref.name, kind: ref.kind },
        setAside: sync.setAside.entries(),
      }),
    async mergeFrom(other) {
      const report = document.mergeFrom(other.doc)
      await sync.setAside.add(other.setAside())
      await flush()
      // Another workspace's log may be removed once it is merged in; one that moves to another document keeps its history.
      if (other.ref.id !== ref.id) await takeOverHistory(other.changes)
      return report
    },
    async close() {
      await sync.settle()
      await Promise.all([release(), store.close()])
    },
    async destroy() {
      await Promise.all([release(), store.destroy()])
    },
  }
  return workspace
}
