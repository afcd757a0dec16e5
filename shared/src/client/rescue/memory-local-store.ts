import * as Y from 'yjs'
import { type LocalStore, type LocalStoreError, LocalStoreFailure, type OpenLocalStore } from '../ports/local-store.ts'

/** What a memory store's "disk" holds for one document. */
export interface MemoryDisk {
  readonly updates: Uint8Array[]
  readonly facts: Map<string, unknown>
  readonly atOnce: Map<string, string>
}

/** Document name → its rows. Share one between stores to close and open a document again. */
export type MemoryDisks = Map<string, MemoryDisk>

/** A local store without a disk: for private mode, where nothing may stay, and for tests. */
export function memoryLocalStores(disks: MemoryDisks = new Map()): OpenLocalStore {
  return async (documentName) => {
    const disk: MemoryDisk = disks.get(documentName) ?? { updates: [], facts: new Map(), atOnce: new Map() }
    disks.set(documentName, disk)
    return openMemoryStore(disk, () => disks.delete(documentName))
  }
}

function openMemoryStore(disk: MemoryDisk, remove: () => void): LocalStore {
  const listeners = new Set<(error: LocalStoreError) => void>()
  let observed: Y.Doc | null = null
  let closed = false

  const keepUpdate = (update: Uint8Array) => {
    disk.updates.push(update)
  }
  const assertOpen = () => {
    if (closed) throw new LocalStoreFailure({ kind: 'closed' })
  }
  const release = () => {
    closed = true
    observed?.off('update', keepUpdate)
    observed = null
  }

  return {
    async load(doc) {
      assertOpen()
      Y.transact(doc, () => {
        for (const update of disk.updates) Y.applyUpdate(doc, update)
      })
      observed = doc
      doc.on('update', keepUpdate)
    },
    async flush() {
      assertOpen()
    },
    async getMeta(key) {
      assertOpen()
      return structuredCopy(disk.facts.get(key))
    },
    async setMeta(key, value) {
      assertOpen()
      disk.facts.set(key, structuredCopy(value))
    },
    async changeMeta(key, change) {
      assertOpen()
      const next = change(structuredCopy(disk.facts.get(key)))
      if (next !== undefined) disk.facts.set(key, structuredCopy(next))
    },
    atOnce: {
      read: (key) => disk.atOnce.get(key) ?? null,
      write(key, text) {
        if (!closed) disk.atOnce.set(key, text)
        return !closed
      },
      remove: (key) => void disk.atOnce.delete(key),
      keys: () => [...disk.atOnce.keys()],
    },
    onError(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      release()
    },
    async destroy() {
      release()
      remove()
    },
  }
}

// Facts are JSON, and a disk hands back a copy: a caller that keeps changing its object must not change the fact.
function structuredCopy(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}
