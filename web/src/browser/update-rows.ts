import * as Y from 'yjs'
import type { DocumentDatabase } from './document-database.ts'

// A row nobody may mistake for a document's own fact; see `barrier`.
const barrierKey = 'questlog:barrier'

/** Appends updates in one transaction and resolves with their keys once it has committed. */
export async function appendUpdates(database: DocumentDatabase, updates: readonly Uint8Array[]): Promise<number[]> {
  const transaction = database.transaction('updates', 'readwrite', { durability: 'relaxed' })
  const requests = updates.map((update) => transaction.store.add(update))
  // Committing by hand leaves nothing for this page to do: it may be killed now and the rows still arrive.
  transaction.commit()
  return settled(transaction, requests)
}

/**
 * Resolves when every transaction begun before on the updates is on disk. It writes a row of its own, since a browser
 * may skip the disk for a transaction that changed nothing, and a strict commit takes the relaxed ones before it along.
 */
export async function barrier(database: DocumentDatabase): Promise<void> {
  const transaction = database.transaction(['updates', 'custom'], 'readwrite', { durability: 'strict' })
  const request = transaction.objectStore('custom').put(Date.now(), barrierKey)
  transaction.commit()
  await settled(transaction, [request])
}

/** Reads one fact kept beside the document. */
export function readFact(database: DocumentDatabase, key: string): Promise<unknown> {
  return database.get('custom', key)
}

/** Keeps one fact beside the document; on disk when resolved. */
export async function writeFact(database: DocumentDatabase, key: string, value: unknown): Promise<void> {
  const transaction = database.transaction('custom', 'readwrite', { durability: 'strict' })
  const request = transaction.store.put(value, key)
  transaction.commit()
  await settled(transaction, [request])
}

/** Replaces a fact by what `change` makes of it, in one transaction; nothing is written where that is undefined. */
export async function changeFact(
  database: DocumentDatabase,
  key: string,
  change: (value: unknown) => unknown,
): Promise<void> {
  const transaction = database.transaction('custom', 'readwrite', { durability: 'strict' })
  const next = change(await transaction.store.get(key))
  const requests = next === undefined ? [] : [transaction.store.put(next, key)]
  transaction.commit()
  await settled(transaction, requests)
}

/** What `readRows` applied and what it could not decode. */
export interface ReadRows {
  readonly applied: readonly number[]
  readonly corrupt: readonly number[]
}

/**
 * Applies the stored rows not `known` yet to the document, in one Yjs transaction; rows that do not decode are skipped
 * and named.
 */
export async function readRows(
  database: DocumentDatabase,
  doc: Y.Doc,
  known: ReadonlySet<number>,
  origin: unknown,
): Promise<ReadRows> {
  const { store } = database.transaction('updates', 'readonly')
  if (known.size === 0) {
    const [keys, rows] = await Promise.all([store.getAllKeys(), store.getAll()])
    return applyRows(doc, new Map(keys.map((key, index) => [key, rows[index]])), origin)
  }
  return applyRows(doc, await readUnknown(store, await store.getAllKeys(), known), origin)
}

/** Moves rows out of the log in one transaction, so that none is ever in both places or in neither. */
export async function quarantineRows(
  database: DocumentDatabase,
  keys: readonly number[],
  quarantinedAt: number,
): Promise<void> {
  const transaction = database.transaction(['updates', 'quarantine'], 'readwrite', { durability: 'strict' })
  const updates = transaction.objectStore('updates')
  const moves = keys.map(async (key) => {
    const row = await updates.get(key)
    // Another tab may have moved it already.
    if (row === undefined) return
    await transaction.objectStore('quarantine').add({ row, quarantinedAt })
    await updates.delete(key)
  })
  await settled(transaction, moves)
}

/** What is left after rows were replaced by one of the whole state. */
export interface ReplacedRows {
  readonly key: number
  readonly corrupt: readonly number[]
}

/**
 * Replaces all rows by one that holds the document's whole state, in one transaction: a crash leaves the old rows or
 * the new one. Rows that other tabs wrote meanwhile (not in `known`) are applied to the document first; rows that do
 * not decode stay where they are. Resolves with null, having changed nothing, below `minRows` rows.
 */
export async function replaceRows(
  database: DocumentDatabase,
  doc: Y.Doc,
  options: { readonly known: ReadonlySet<number>; readonly minRows: number; readonly origin: unknown },
): Promise<ReplacedRows | null> {
  const transaction = database.transaction('updates', 'readwrite', { durability: 'strict' })
  const updates = transaction.store
  const keys = await updates.getAllKeys()
  if (keys.length < options.minRows) return null
  const { corrupt } = applyRows(doc, await readUnknown(updates, keys, options.known), options.origin)
  const added = updates.add(Y.encodeStateAsUpdate(doc))
  const removed = keys.filter((key) => !corrupt.includes(key)).map((key) => updates.delete(key))
  transaction.commit()
  await settled<unknown>(transaction, [added, ...removed])
  return { key: await added, corrupt }
}

async function readUnknown(
  updates: { get(key: number): Promise<unknown> },
  keys: readonly number[],
  known: ReadonlySet<number>,
): Promise<Map<number, unknown>> {
  const unknown = keys.filter((key) => !known.has(key))
  const rows = await Promise.all(unknown.map((key) => updates.get(key)))
  return new Map(unknown.map((key, index) => [key, rows[index]]))
}

function applyRows(doc: Y.Doc, rows: ReadonlyMap<number, unknown>, origin: unknown): ReadRows {
  const applied: number[] = []
  const corrupt: number[] = []
  // One outer transaction: observers run after it, so that what they throw is not taken for a row's corruption.
  doc.transact(() => {
    for (const [key, row] of rows) (applyRow(doc, row, origin) ? applied : corrupt).push(key)
  }, origin)
  return { applied, corrupt }
}

function applyRow(doc: Y.Doc, row: unknown, origin: unknown): boolean {
  if (!(row instanceof Uint8Array)) return false
  try {
    // Applying decodes piece by piece, so that a row broken near its end would be half applied without this.
    Y.decodeUpdate(row)
    Y.applyUpdate(doc, row, origin)
    return true
  } catch {
    return false
  }
}

/**
 * Waits for the transaction, since Chromium never answers a request whose transaction it aborts while committing. The
 * transaction's own error is unset while a failed request bubbles, and requests behind that one only say "aborted":
 * the reason is the first error that says more.
 */
async function settled<Value>(
  transaction: { readonly done: Promise<void> },
  requests: readonly Promise<Value>[],
): Promise<Value[]> {
  const reasons: unknown[] = []
  for (const request of requests) request.catch((reason: unknown) => reasons.push(reason))
  try {
    await transaction.done
  } catch (aborted) {
    throw reasons.find((reason) => !isAbort(reason)) ?? aborted
  }
  return Promise.all(requests)
}

function isAbort(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'AbortError'
}
