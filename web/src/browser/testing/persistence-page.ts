import type { LocalStoreError } from '@questlog/shared/client/ports/local-store'
import * as Y from 'yjs'
import { databaseNameOf } from '../document-database.ts'
import { openWebLocalStore } from '../open-web-local-store.ts'
import { holdSocket } from '../socket-owner.ts'

/** What the browser tests drive: this module is bundled into a page of its own. */
export interface PersistencePage {
  open(documentName: string): Promise<void>
  push(...values: string[]): void
  /** Pushes a text of so many characters that does not compress. */
  pushNoise(length: number): void
  list(): string[]
  /** Resolves once the list holds so many values, however they come in. */
  untilLength(length: number): Promise<string[]>
  untilCaughtUp(): Promise<void>
  untilBehind(): Promise<void>
  /** How long the list was each time the store began to vouch for it. */
  countsWhenCaughtUp(): number[]
  flush(): Promise<'on disk' | LocalStoreError['kind']>
  close(): Promise<void>
  errors(): string[]
  untilError(): Promise<string>
  /** Writes a row past the store, as a defect would. */
  putRow(documentName: string, row: unknown): Promise<void>
  countRows(documentName: string, store: 'updates' | 'quarantine'): Promise<number>
  hold(documentName: string, options?: Parameters<typeof holdSocket>[2]): void
  publish(status: unknown): void
  socketEvents(): string[]
  untilSocketEvent(event: string): Promise<void>
}

declare global {
  interface Window {
    persistence: PersistencePage
  }
}

const doc = new Y.Doc()
const values = doc.getArray<string>('list')
const errors: string[] = []
const socketEvents: string[] = []
const changes = new EventTarget()
const changed = () => changes.dispatchEvent(new Event('change'))
let isCaughtUp = false
const countsWhenCaughtUp: number[] = []
let store: Awaited<ReturnType<typeof openWebLocalStore>> | null = null
let say: (status: unknown) => void = () => {}

function until(condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!condition()) return
      changes.removeEventListener('change', check)
      resolve()
    }
    changes.addEventListener('change', check)
    check()
  })
}

function opened() {
  if (store === null) throw new Error('no document is open')
  return store
}

function inDatabase<Value>(documentName: string, act: (database: IDBDatabase) => IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(databaseNameOf(documentName))
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const request = act(opening.result)
      request.transaction?.addEventListener('complete', () => {
        opening.result.close()
        resolve(request.result)
      })
      request.onerror = () => reject(request.error)
    }
  })
}

window.persistence = {
  async open(documentName) {
    store = await openWebLocalStore(documentName)
    store.onError((error) => {
      errors.push(error.kind)
      changed()
    })
    store.onCaughtUp?.((next) => {
      isCaughtUp = next
      if (next) countsWhenCaughtUp.push(values.length)
      changed()
    })
    await store.load(doc)
    doc.on('update', changed)
  },
  push(...pushed) {
    values.push(pushed)
  },
  pushNoise(length) {
    const bytes = crypto.getRandomValues(new Uint16Array(Math.min(length, 32_768)))
    const block = Array.from(bytes, (code) => String.fromCharCode(0x4e00 + (code % 0x5000))).join('')
    values.push([block.repeat(Math.ceil(length / block.length)).slice(0, length)])
  },
  list: () => values.toArray(),
  async untilLength(length) {
    await until(() => values.length >= length)
    return values.toArray()
  },
  untilCaughtUp: () => until(() => isCaughtUp),
  untilBehind: () => until(() => !isCaughtUp),
  countsWhenCaughtUp: () => countsWhenCaughtUp,
  flush: () =>
    opened()
      .flush()
      .then(
        () => 'on disk' as const,
        (failure) => failure.reason.kind,
      ),
  close: () => opened().close(),
  errors: () => errors,
  async untilError() {
    await until(() => errors.length > 0)
    return errors.join()
  },
  async putRow(documentName, row) {
    await inDatabase(documentName, (database) =>
      database.transaction('updates', 'readwrite').objectStore('updates').add(row),
    )
  },
  countRows: (documentName, name) =>
    inDatabase(documentName, (database) => database.transaction(name, 'readonly').objectStore(name).count()),
  hold(documentName, options) {
    holdSocket(
      documentName,
      {
        onOwned(publish) {
          say = publish
          socketEvents.push('owned')
          changed()
          return () => {
            socketEvents.push('lost')
            changed()
          }
        },
        onStatus(status) {
          socketEvents.push(`told ${String(status)}`)
          changed()
        },
      },
      options,
    )
  },
  publish: (status) => say(status),
  socketEvents: () => socketEvents,
  untilSocketEvent: (event) => until(() => socketEvents.includes(event)),
}
