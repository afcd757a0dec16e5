import * as Y from 'yjs'
import { createStore } from 'zustand/vanilla'
import type { Command } from '../../domain/commands/commands.ts'
import type { UserId } from '../../domain/kernel/ids.ts'
import { TABLE_NAMES } from '../../domain/kernel/record-write.ts'
import { createHistory, type History, type Reverted } from '../../store/history.ts'
import { createProjection } from '../../store/projection.ts'
import { openQuestDocument } from '../../store/quest-document.ts'
import { copyChanges } from '../changes/copy-changes.ts'
import { memoryChangeLogs } from '../changes/memory-change-log.ts'
import { recordChanges } from '../changes/record-changes.ts'
import { findWayLater } from '../epochs/find-way-later.ts'
import { type EpochMove, moveEpoch } from '../epochs/move-epoch.ts'
import type { OpenChangeLog } from '../ports/change-log.ts'
import type { FetchFinal } from '../ports/fetch-final.ts'
import { type LocalStore, localStoreErrorFrom, type OpenLocalStore } from '../ports/local-store.ts'
import type { OnPageLeaving } from '../ports/page-leaving.ts'
import { platformTimers, type Timers } from '../ports/timers.ts'
import { rescueEdits } from '../rescue/rescue-edits.ts'
import type { ConnectOptions } from '../sync/connect-options.ts'
import { createWorkspaceSync } from '../sync/workspace-sync.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import { createDispatch } from './dispatch.ts'
import { exportLog } from './export-log.ts'
import type { Workspace, WorkspaceState } from './workspace.ts'
import { openWriteAccess } from './write-access.ts'
import { createWriterId, type WriterId } from './writer-id.ts'

/** For a log that goes on in another document: what was done there can still be undone. */
const histories = new WeakMap<Workspace, History<Command>>()

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
  /** Without it no epoch's final state can be fetched. */
  readonly fetchFinal?: FetchFinal
  /** Without it every run writes with a client id of its own. */
  readonly onPageLeaving?: OnPageLeaving
  /**
   * Starts syncing a document that a log is about to move to; returns how to stop. Unless given, as the old one was.
   */
  readonly connectNext?: (next: Workspace) => () => void
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
    throw cause
  }
}

async function assemble(deps: OpenWorkspaceDeps, ref: WorkspaceRef, store: LocalStore, doc: Y.Doc): Promise<Workspace> {
  const reportStorage = (cause: unknown) => state.setState({ storageError: localStoreErrorFrom(cause) })
  const access = await openWriteAccess({ ref, store, onStoreFailure: reportStorage })
  const document = openQuestDocument(doc, deps)
  const projection = createProjection(document)
  const history = createHistory<Command>(document)
  const state = createStore<WorkspaceState>(() => ({
    sync: { kind: 'local-only' },
    storageError: null,
    canUndo: false,
    canRedo: false,
    problems: document.problems().length,
    readOnly: !access.mayWrite(),
    successor: null,
  }))
  const timers = deps.timers ?? platformTimers
  const isReadOnly = () => state.getState().readOnly
  let connectOptions: ConnectOptions | null = null
  let isRescued = false
  let move: EpochMove | null = null
  let writer: WriterId | null = null
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

  const onMoved = (documentName: string) => {
    move ??= moveEpoch(documentName, {
      open: (name) => openWorkspace(deps, { ...ref, documentName: name }),
      connect: deps.connectNext ?? connectAlike,
      async carryTo(next) {
        const notes = await carryTo(next)
        return () => void next.mergeFrom(workspace, notes).catch(reportStorage)
      },
      onMoved(successor, carryLater) {
        // What is typed here until the screens have changed over follows at once: an editor that opens there has all of it.
        carryLater()
        doc.on('update', carryLater)
        histories.get(successor)?.takeOver(history)
        state.setState({ successor })
      },
      onFailure: reportStorage,
      timers,
      random: deps.random,
    })
  }
  const connectAlike = (next: Workspace) => {
    if (connectOptions !== null) next.connect(connectOptions)
    return next.disconnect
  }
  const goesOnIn = () => state.getState().successor

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
      if (status.kind === 'saved' && sync.isJoined()) void writer?.onAccord()
      state.setState({ sync: status, readOnly: readOnly || !access.mayWrite() })
      if (status.kind === 'refused' && status.reason === 'content-differs') rescueOnce()
    },
  })

  const flush = async () => {
    await store.flush()
    // Everything is on disk again. Rows that were set aside stay so.
    if (state.getState().storageError?.kind !== 'corrupt') state.setState({ storageError: null })
  }

  if (deps.onPageLeaving !== undefined) {
    writer = createWriterId({
      doc,
      store,
      onPageLeaving: deps.onPageLeaving,
      isHeld: sync.isAcknowledged,
      onStoreFailure: reportStorage,
    })
  }
  const findWay = findWayLater({
    doc,
    documentName: ref.documentName,
    fetchFinal: deps.fetchFinal ?? (async () => null),
    takeFinal: sync.takeFinal,
    isAcknowledged: sync.isAcknowledged,
  })
  const carryTo = async (later: Workspace) => {
    const notes = await findWay(later.ref.documentName, later.doc, later.isJoined())
    await later.mergeFrom(workspace, notes)
    return notes
  }
  const dispatch = createDispatch({ ...deps, document, projection, history, isReadOnly })

  const revert = (there: (to: Workspace) => Reverted<Command> | null, here: () => Reverted<Command> | null) => {
    const successor = goesOnIn()
    if (successor !== null) return there(successor)
    return isReadOnly() ? null : here()
  }

  /** Another tab may have written here, and crashed, before it heard that the log moves. */
  const carryRest = async () => {
    const successor = goesOnIn()
    if (successor === null) return
    try {
      await store.catchUp?.()
    } catch (cause) {
      // Another tab removed it first, and had read what was there.
      if (localStoreErrorFrom(cause).kind !== 'closed') throw cause
    }
    await workspace.carryTo(successor)
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
    dispatch: (command) => goesOnIn()?.dispatch(command) ?? dispatch(command),
    undo: () => revert((to) => to.undo(), history.undo),
    redo: () => revert((to) => to.redo(), history.redo),
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
    async mergeFrom(other, notes) {
      const report = document.mergeFrom(other.doc, notes)
      await sync.setAside.add(other.setAside())
      await flush()
      // Another workspace's log may be removed once it is merged in; one that moves to another document keeps its history.
      if (other.ref.id !== ref.id) await copyChanges(other.changes, changes)
      return report
    },
    async carryTo(later) {
      await carryTo(later)
    },
    isJoined: sync.isJoined,
    async close() {
      await move?.cancel()
      await Promise.all([sync.settle(), writer?.end()])
      await Promise.all([release(), store.close()])
    },
    async destroy() {
      await Promise.all([move?.cancel(), writer?.end()])
      try {
        await carryRest()
      } catch (cause) {
        await Promise.allSettled([release(), store.close()])
        throw cause
      }
      await Promise.all([release(), store.destroy()])
    },
  }
  histories.set(workspace, history)
  return workspace
}
