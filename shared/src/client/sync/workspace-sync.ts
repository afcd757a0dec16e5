import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { formatDocumentName, parseDocumentName } from '../../protocol/documents.ts'
import type { ContentDigest } from '../../store/content-digest.ts'
import type { Stamp } from '../../store/stamp.ts'
import { FromServer, type LocalStore } from '../ports/local-store.ts'
import type { Timers } from '../ports/timers.ts'
import type { ConnectOptions } from './connect-options.ts'
import { createPresence } from './presence.ts'
import { type Acknowledged, createSavedTracker, parseAcknowledged } from './saved-tracker.ts'
import { createSetAside, type SetAside } from './set-aside.ts'
import type { SharedStatus } from './shared-status.ts'
import { createSyncConnection } from './sync-connection.ts'
import { type SyncStatus, sameSyncStatus, syncStatusFrom } from './sync-status.ts'

/** The fact beside the document that tells what the server has acknowledged. */
const ACKNOWLEDGED_FACT = 'acknowledged'

export interface WorkspaceSyncDeps {
  readonly documentName: string
  /** Loaded. */
  readonly doc: Y.Doc
  readonly store: LocalStore
  readonly now: () => number
  readonly random: () => number
  readonly timers: Timers
  readonly observeServerTime: (serverTimeMs: number) => void
  /**
   * Corrects the stamps that lie too far ahead of the server's time and are not sent: the new stamp of each old one.
   */
  readonly restampAhead: (isSent: (client: number, clock: number) => boolean) => ReadonlyMap<Stamp, Stamp>
  readonly onStatus: (status: SyncStatus, readOnly: boolean) => void
  readonly onMoved: (documentName: string) => void
  readonly onStoreFailure: (cause: unknown) => void
}

/** The syncing half of a workspace: its connection, what it knows to be saved, and what its tabs tell each other. */
export interface WorkspaceSync {
  readonly awareness: Awareness
  readonly setAside: SetAside
  connect(options: ConnectOptions): void
  disconnect(): void
  shareStatus(listener: (status: SharedStatus) => void): () => void
  followStatus(status: SharedStatus | null): void
  /**
   * Whether the document is joined, here or in the tab that owns the socket, and all that the server announced is here.
   */
  isJoined(): boolean
  isAcknowledged(client: number, clock: number): boolean
  /** Takes in the state with which the document's epoch ended: the server holds all of it. */
  takeFinal(update: Uint8Array): void
  /** Resolves when what the server acknowledged is kept on disk. */
  settle(): Promise<void>
  destroy(): void
}

/** Starts from what the disk says the server acknowledged, so that the status is right before any connection. */
export async function createWorkspaceSync(deps: WorkspaceSyncDeps): Promise<WorkspaceSync> {
  const { doc, store } = deps
  const [serverOrigin, earlyOrigin] = [new FromServer(), new FromServer(false)]
  const tracker = createSavedTracker(
    doc,
    parseAcknowledged(await store.getMeta(ACKNOWLEDGED_FACT)),
    (origin) => origin === serverOrigin,
  )
  const setAside = await createSetAside({ doc, store, now: deps.now, isSent: tracker.isAcknowledged })
  const awareness = createPresence()
  let digest: Promise<ContentDigest> | null = null
  const openDigest = () => {
    digest ??= import('../../store/content-digest.ts').then(
      (module) => new module.ContentDigest(doc),
      (cause: unknown) => {
        digest = null
        throw cause
      },
    )
    return digest
  }
  const listeners = new Set<(status: SharedStatus) => void>()
  const keep = createFactKeeper(store, deps.onStoreFailure)
  let followed: SharedStatus | null = null
  let movedTo: string | null = null
  let shown: SyncStatus | null = null
  let shownReadOnly = false
  let isOpen = true
  let isCaughtUp = true
  let isBlocked = false

  const ownStatus = (): SharedStatus => ({ ...connection.facts(), acknowledged: tracker.acknowledged(), movedTo })

  const show = () => {
    const { link, savedAt, readOnly } = followed ?? connection.facts()
    const knownToServer = tracker.isKnownToServer()
    const isCounted = knownToServer || link.kind !== 'idle'
    const unsavedChanges = isCounted ? tracker.unsavedChanges() : 0
    const status = syncStatusFrom({ link, savedAt, knownToServer, unsavedChanges, isCaughtUp })
    if (shown !== null && sameSyncStatus(shown, status) && shownReadOnly === readOnly) return
    shown = status
    shownReadOnly = readOnly
    deps.onStatus(status, readOnly)
  }

  const onConnectionChange = () => {
    if (!isOpen) return
    const acknowledged = tracker.acknowledged()
    if (acknowledged !== null) keep(acknowledged)
    isBlocked = connection.facts().link.kind === 'refused' && setAside.countUnreadable() > 0
    show()
    if (listeners.size === 0) return
    const status = ownStatus()
    for (const listener of [...listeners]) listener(status)
  }

  const onDocUpdate = (_update: Uint8Array, origin: unknown) => {
    // What the server sent is acknowledged by itself, and is kept like an acknowledgement.
    if (origin === serverOrigin) return onConnectionChange()
    show()
    // What could not be read was set aside, here or in another tab.
    if (isBlocked && setAside.countUnreadable() === 0) connection.retry()
  }
  doc.on('update', onDocUpdate)

  const moved = (documentName: string) => {
    if (movedTo === documentName) return
    movedTo = documentName
    onConnectionChange()
    deps.onMoved(documentName)
  }

  const fromDisk = async (read: () => Promise<void>) => {
    try {
      await read()
    } catch (cause) {
      if (isOpen) deps.onStoreFailure(cause)
    }
  }
  const readDisk = () => fromDisk(async () => store.catchUp?.())
  const catchUp = () =>
    fromDisk(async () => {
      const acknowledged = parseAcknowledged(await store.getMeta(ACKNOWLEDGED_FACT))
      await store.catchUp?.()
      if (!isOpen || acknowledged === null) return
      // Whichever tab owned the socket before may have learned more.
      tracker.learn(acknowledged)
      show()
    })

  const connection = createSyncConnection({
    documentName: deps.documentName,
    doc,
    awareness,
    tracker,
    openDigest,
    serverOrigin,
    earlyOrigin,
    now: deps.now,
    random: deps.random,
    timers: deps.timers,
    observeServerTime: deps.observeServerTime,
    restampAhead: () => deps.restampAhead(tracker.isAcknowledged).size > 0,
    catchUp,
    readDisk,
    onChange: onConnectionChange,
    onNewEpoch(epoch) {
      const current = parseDocumentName(deps.documentName)
      if (current !== null && epoch > current.epoch) moved(formatDocumentName({ ...current, epoch }))
    },
  })
  const stopWatchingDisk = store.onCaughtUp?.((next) => {
    isCaughtUp = next
    show()
  })
  show()

  return {
    awareness,
    setAside,
    connect(options) {
      followed = null
      connection.connect(options)
    },
    disconnect: connection.disconnect,
    shareStatus(listener) {
      listeners.add(listener)
      listener(ownStatus())
      return () => {
        listeners.delete(listener)
      }
    },
    followStatus(status) {
      followed = status
      if (status?.acknowledged) tracker.learn(status.acknowledged)
      if (status && status.serverAheadMs !== null) deps.observeServerTime(deps.now() + status.serverAheadMs)
      show()
      if (status?.movedTo) moved(status.movedTo)
    },
    isJoined() {
      if (shown?.kind !== 'saved' && shown?.kind !== 'saving') return false
      const clocks = tracker.acknowledged()?.clocks ?? []
      return clocks.every(([client, clock]) => Y.getState(doc.store, client) >= clock)
    },
    isAcknowledged: tracker.isAcknowledged,
    takeFinal(update) {
      Y.applyUpdate(doc, update, serverOrigin)
      tracker.acknowledgeClocks(Y.decodeStateVector(Y.encodeStateVectorFromUpdate(update)))
      show()
    },
    settle: () => keep.settled(),
    destroy() {
      isOpen = false
      stopWatchingDisk?.()
      listeners.clear()
      connection.disconnect()
      doc.off('update', onDocUpdate)
      awareness.doc.destroy()
      void digest?.then((opened) => opened.destroy()).catch(() => undefined)
      tracker.destroy()
    },
  }
}

/**
 * Writes the latest acknowledgement to disk, one write at a time. It may lag behind the document by a moment:
 * a crash then makes something saved look unsaved until the next handshake, never the other way round.
 */
function createFactKeeper(
  store: LocalStore,
  onFailure: (cause: unknown) => void,
): { (acknowledged: Acknowledged): void; settled(): Promise<void> } {
  let next: Acknowledged | null = null
  let writing: Promise<void> | null = null
  const writeAll = async () => {
    try {
      while (next !== null) {
        const fact = next
        next = null
        await store.setMeta(ACKNOWLEDGED_FACT, fact)
      }
    } catch (cause) {
      onFailure(cause)
    } finally {
      writing = null
    }
  }
  const keep = (acknowledged: Acknowledged) => {
    next = acknowledged
    writing ??= writeAll()
  }
  return Object.assign(keep, { settled: async () => writing ?? undefined })
}
