import {
  FromServer,
  type LocalStore,
  type LocalStoreError,
  LocalStoreFailure,
} from '@questlog/shared/client/ports/local-store'
import * as Y from 'yjs'
import { createCompaction } from './compaction.ts'
import type { DiskWatch } from './disk-watch.ts'
import { type DocumentDatabase, deleteDocumentDatabase, openDocumentDatabase } from './document-database.ts'
import { localStoreErrorFrom, localStoreFailureFrom } from './indexeddb-error.ts'
import { createStoreFailures } from './store-failures.ts'
import {
  appendUpdates,
  barrier,
  changeFact,
  quarantineRows,
  readFact,
  readRows,
  replaceRows,
  writeFact,
} from './update-rows.ts'
import { watchDiskByChannel } from './watch-disk-by-channel.ts'
import { watchDiskByLocks } from './watch-disk-by-locks.ts'
import { deviceMemory, partOf } from './web-key-value.ts'

export interface IndexedDbLocalStoreOptions {
  readonly now: () => number
  /** Rows at which the log is replaced by one row of the whole state. */
  readonly maxRows: number
  /** Origins whose updates another tab has already written to this database. */
  readonly isWrittenElsewhere: (origin: unknown) => boolean
}

/** A `LocalStore` on IndexedDB, with what several tabs of one document need besides. */
export interface IndexedDbLocalStore extends LocalStore {
  /** Resolves when every update made before the call has been committed: seen by other tabs, but not yet forced to disk. */
  written(): Promise<void>
  /** Applies what other tabs have written since this one last looked. */
  catchUp(): Promise<void>
  onCaughtUp: DiskWatch['onCaughtUp']
  /** Stops watching what other tabs write, for a page that is put aside, or watches again. */
  watch(isShown: boolean): void
  /** The failure that blocks writing, or null while edits reach the disk. */
  error(): LocalStoreError | null
}

const emptyStateVectorLength = 1

const defaults: IndexedDbLocalStoreOptions = { now: Date.now, maxRows: 500, isWrittenElsewhere: () => false }

/**
 * Opens a document's store; rejects with a `LocalStoreFailure` when the browser grants none. After a failed write the
 * store writes nothing more, so that no later edit lands without the one it builds on; `flush` then tries again with
 * the document's whole state, and writing goes on once that succeeded.
 */
export async function openIndexedDbLocalStore(
  documentName: string,
  options: Partial<IndexedDbLocalStoreOptions> = {},
): Promise<IndexedDbLocalStore> {
  const { now, maxRows, isWrittenElsewhere } = { ...defaults, ...options }
  const origin = { store: documentName }
  const failures = createStoreFailures()
  const compaction = createCompaction(maxRows, replaceAll)
  const watchDisk = globalThis.navigator?.locks === undefined ? watchDiskByChannel : watchDiskByLocks
  const disk = watchDisk(documentName, catchUp)
  const isWritable = () => !closed && failures.current() === null
  const atOnce = partOf(deviceMemory, `questlog.at-once/${documentName}/`, isWritable)
  let database = await open()
  let observed: Y.Doc | null = null
  let closed = false
  let isRemovedElsewhere = false
  let unwritten: Uint8Array[] = []
  // What the server sent it holds: other tabs may go on calling theirs saved.
  let isUnwrittenOnServer = true
  let inFlight: Promise<void> = Promise.resolve()
  let recovering: Promise<void> | null = null
  let known = new Set<number>()

  function open(): Promise<DocumentDatabase> {
    return openDocumentDatabase(documentName, (how) => {
      if (closed) return
      isRemovedElsewhere = how === 'removed'
      fail(new LocalStoreFailure({ kind: 'closed' }))
    }).catch((cause: unknown) => {
      throw localStoreFailureFrom(cause)
    })
  }

  function fail(thrown: unknown): void {
    unwritten = []
    failures.fail(thrown)
  }

  function observeUpdate(update: Uint8Array, from: unknown): void {
    if (from === origin || isWrittenElsewhere(from) || failures.current() !== null) return
    unwritten.push(update)
    if (!(from instanceof FromServer && from.isCommitted)) isUnwrittenOnServer = false
    if (unwritten.length === 1) queueMicrotask(writeUnwritten)
  }

  /** Begins one transaction for the edits of this task; IndexedDB runs them in the order they began. */
  function writeUnwritten(): void {
    if (unwritten.length === 0 || failures.current() !== null) return
    const batch = unwritten
    const append = () => appendUpdates(database, batch)
    const write = isUnwrittenOnServer ? append : () => disk.announce(append)
    unwritten = []
    isUnwrittenOnServer = true
    const before = inFlight
    inFlight = attempt(async () => {
      const keys = await write()
      for (const key of keys) known.add(key)
    }).then(() => before)
    void inFlight.then(compactIfLong)
  }

  /** Runs a write; a failure is reported and kept, so that waiting never rejects unobserved. */
  async function attempt(write: () => Promise<void>): Promise<void> {
    try {
      await write()
    } catch (thrown) {
      fail(thrown)
    }
  }

  async function compactIfLong(): Promise<void> {
    if (closed || failures.current() !== null) return
    await attempt(() => compaction.compactIfLong(known.size))
  }

  /** Replaces the rows by one, unless there are fewer than `minRows`; tells whether it did. */
  async function replaceAll(minRows: number): Promise<boolean> {
    if (observed === null) return false
    const replaced = await replaceRows(database, observed, { known, minRows, origin })
    if (replaced !== null) known = new Set([replaced.key, ...replaced.corrupt])
    return replaced !== null
  }

  function throwIfUnwritable(): void {
    const failure = failures.current()
    if (failure !== null) throw new LocalStoreFailure(failure)
    if (closed) throw new LocalStoreFailure({ kind: 'closed' })
  }

  async function quarantine(corrupt: readonly number[]): Promise<void> {
    try {
      await quarantineRows(database, corrupt, now())
    } catch (thrown) {
      // A full disk must not keep the sound rows from being read; these stay in place until the next load.
      if (localStoreErrorFrom(thrown).kind !== 'quota-exceeded') throw thrown
    }
    failures.setAside(corrupt.length)
  }

  async function recover(): Promise<void> {
    database.close()
    try {
      database = await open()
      known = new Set()
      await disk.announce(() => replaceAll(0))
      isRemovedElsewhere = false
      failures.clear()
    } catch (thrown) {
      failures.clear()
      fail(thrown)
    }
    throwIfUnwritable()
  }

  async function written(): Promise<void> {
    writeUnwritten()
    await inFlight
    throwIfUnwritable()
  }

  async function flush(): Promise<void> {
    if (failures.current() !== null && observed !== null && !closed) {
      recovering ??= recover().finally(() => {
        recovering = null
      })
      await recovering
    }
    throwIfUnwritable()
    writeUnwritten()
    await Promise.all([inFlight, attempt(() => barrier(database))])
    throwIfUnwritable()
  }

  /** A full disk is still read: others may have written while there was room. */
  async function catchUp(): Promise<void> {
    if (observed === null || closed) return
    const failure = failures.current()
    if (failure !== null && failure.kind !== 'quota-exceeded') throw new LocalStoreFailure(failure)
    const { applied } = await readRows(database, observed, known, origin)
    for (const key of applied) known.add(key)
  }

  function release(): void {
    closed = true
    disk.stop()
    observed?.off('update', observeUpdate)
    database.close()
  }

  return {
    async load(doc) {
      throwIfUnwritable()
      observed = doc
      // Edits made while reading are written like any other; what the document held before has no row yet.
      doc.on('update', observeUpdate)
      const isRowless = Y.encodeStateVector(doc).length > emptyStateVectorLength
      try {
        const { applied, corrupt } = await readRows(database, doc, known, origin)
        known = new Set([...known, ...applied])
        if (corrupt.length > 0) await quarantine(corrupt)
        if (isRowless) await disk.announce(() => replaceAll(0))
      } catch (thrown) {
        fail(thrown)
        throw localStoreFailureFrom(thrown)
      }
      disk.start()
      void compactIfLong()
    },
    flush,
    written,
    catchUp,
    onCaughtUp: disk.onCaughtUp,
    watch(isShown) {
      if (!isShown) disk.stop()
      else if (observed !== null && !closed) disk.start()
    },
    error: failures.current,
    async getMeta(key) {
      throwIfUnwritable()
      try {
        return await readFact(database, key)
      } catch (thrown) {
        throw localStoreFailureFrom(thrown)
      }
    },
    async setMeta(key, value) {
      throwIfUnwritable()
      await attempt(() => writeFact(database, key, value))
      throwIfUnwritable()
    },
    async changeMeta(key, change) {
      throwIfUnwritable()
      await attempt(() => changeFact(database, key, change))
      throwIfUnwritable()
    },
    atOnce,
    onError: failures.onError,
    async close() {
      if (closed) return
      try {
        // What another tab removed comes back only when a person asks for it: by a flush of its own.
        if (!isRemovedElsewhere) await flush()
      } finally {
        release()
      }
    },
    async destroy() {
      if (!closed) release()
      try {
        await deleteDocumentDatabase(documentName)
      } catch (cause) {
        throw localStoreFailureFrom(cause)
      } finally {
        // By now no other tab writes there.
        atOnce.clear()
      }
    },
  }
}
