import * as Y from 'yjs'

/**
 * The elements of a root `Y.Array`, addressed by Yjs id and never by index. Index operations of Y.Array
 * are O(n), and its search markers do not know of the items made here: nobody may use indexes on a table.
 */
export type ElementArray = Y.Array<unknown>

/** Called with one element and its Yjs id. `value` is undefined where Yjs holds no plain value there. */
export type VisitElement = (value: unknown, client: number, clock: number) => void

/**
 * What Yjs keeps elements in. JSON decodes twice as fast and into less memory than Yjs' own encoding, which carries
 * more than JSON; both mix freely in one array.
 */
export type ElementContent = Y.ContentJSON | Y.ContentAny

/** Appends elements as one struct, in O(1) of the array's length. Call inside a transaction. */
export function appendElements(
  transaction: Y.Transaction,
  array: ElementArray,
  hint: Y.ID | null,
  content: ElementContent,
): Y.ID {
  const { doc } = transaction
  const left = lastItem(doc, array, hint)
  const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID))
  new Y.Item(id, left, left?.lastId ?? null, null, null, array, null, content).integrate(transaction, 0)
  return id
}

/** Removes one element; a no-op where it is already gone. Call inside a transaction. */
export function removeElement(transaction: Y.Transaction, client: number, clock: number): void {
  const { store } = transaction.doc
  if (Y.getState(store, client) <= clock) return
  const id = Y.createID(client, clock)
  const found = Y.getItem(store, id)
  if (!(found instanceof Y.Item) || found.deleted) return
  const item = Y.getItemCleanStart(transaction, id)
  Y.getItemCleanEnd(transaction, store, id)
  item.delete(transaction)
}

/** Drops what a removed element held also where the document keeps what was deleted. Call after the transaction. */
export function collectElement(doc: Y.Doc, client: number, clock: number): void {
  const item = Y.getItem(doc.store, Y.createID(client, clock))
  if (item instanceof Y.Item && item.deleted) item.gc(doc.store, false)
}

/** Visits every live element of a root. */
export function visitElements(array: Pick<ElementArray, '_start'>, visit: VisitElement): void {
  for (let item = array._start; item !== null; item = item.right) {
    if (!item.deleted) visitItem(item, 0, item.length, visit)
  }
}

/** Visits the elements a transaction added that it did not also delete. Costs the size of the change, not of the document. */
export function visitAdded(
  transaction: Y.Transaction,
  visit: (array: unknown, item: Y.Item, from: number) => void,
): void {
  const { store } = transaction.doc
  for (const [client, after] of transaction.afterState) {
    const before = transaction.beforeState.get(client) ?? 0
    if (before === after) continue
    const structs = store.clients.get(client) ?? []
    for (let index = Y.findIndexSS(structs, before); index < structs.length; index += 1) {
      const item = structs[index]
      if (item instanceof Y.Item && !item.deleted) visit(item.parent, item, Math.max(before - item.id.clock, 0))
    }
  }
}

/** Visits the elements a transaction deleted, while their content is still there. Costs the size of the change. */
export function visitDeleted(
  transaction: Y.Transaction,
  visit: (array: unknown, item: Y.Item, from: number, to: number) => void,
): void {
  const { store } = transaction.doc
  for (const [client, ranges] of transaction.deleteSet.clients) {
    const structs = store.clients.get(client) ?? []
    for (const range of ranges) {
      const end = range.clock + range.len
      for (let index = Y.findIndexSS(structs, range.clock); index < structs.length; index += 1) {
        const item = structs[index]
        if (item === undefined || item.id.clock >= end) break
        if (!(item instanceof Y.Item)) continue
        visit(item.parent, item, Math.max(range.clock - item.id.clock, 0), Math.min(end - item.id.clock, item.length))
      }
    }
  }
}

/** Visits elements `from` to `to` of one item; none where they were collected. */
export function visitItem(item: Y.Item, from: number, to: number, visit: VisitElement): void {
  if (item.content instanceof Y.ContentDeleted) return
  const { client, clock } = item.id
  const values = item.content instanceof Y.ContentAny || item.content instanceof Y.ContentJSON ? item.content.arr : []
  for (let offset = from; offset < to; offset += 1) visit(values[offset], client, clock + offset)
}

/** The true last item: from the hinted one rightwards, since peers may have appended behind it. */
function lastItem(doc: Y.Doc, array: ElementArray, hint: Y.ID | null): Y.Item | null {
  let last = hint === null ? array._start : Y.getItem(doc.store, hint)
  while (last?.right) last = last.right
  return last
}
