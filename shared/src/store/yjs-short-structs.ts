import * as Y from 'yjs'

/**
 * Keeps lists in structs of bounded length. By itself Yjs merges everything one client wrote in a row, and each cut
 * copies all that follows: deleting every second of 100,000 entries takes half a minute.
 */

/** Elements of a list in one struct. Longer ones that come from elsewhere are cut in the transaction that brings them. */
export const LONGEST_STRUCT = 1_024

const LONG = Symbol('structs of this transaction that are to be cut')

for (const { prototype } of [Y.ContentJSON, Y.ContentAny] as { prototype: Y.ContentJSON | Y.ContentAny }[]) {
  const { mergeWith } = prototype
  prototype.mergeWith = function (right) {
    return this.arr.length + right.arr.length <= LONGEST_STRUCT && mergeWith.call(this, right as never)
  }

  prototype.integrate = (transaction, { id, length }) => {
    if (length <= LONGEST_STRUCT) return
    const run = { client: id.client, start: id.clock, end: id.clock + length }
    const long = longRuns(transaction)
    if (long === undefined) {
      transaction.meta.set(LONG, [run])
      // Yjs still counts with the length of what it is integrating.
      transaction.doc.once('beforeObserverCalls', () => {
        for (const { client, start, end } of longRuns(transaction)?.splice(0) ?? [])
          cut(transaction, client, start, end)
      })
    } else long.push(run)
  }
}

const { delete: remove } = Y.Item.prototype
Y.Item.prototype.delete = function (transaction) {
  if (transaction.meta.size > 0) cutBehind(transaction, this)
  remove.call(this, transaction)
}

interface LongRun {
  readonly client: number
  readonly start: number
  end: number
}

function longRuns(transaction: Y.Transaction): LongRun[] | undefined {
  return transaction.meta.get(LONG)
}

/**
 * Cuts what came in the same transaction as a deletion, since the next deletion would copy it. Only what is behind the
 * deleted item: the code that deletes may be counting the structs up to it.
 */
function cutBehind(transaction: Y.Transaction, { id, length }: Y.Item): void {
  for (const run of longRuns(transaction) ?? []) {
    const start = id.client === run.client ? Math.max(run.start, id.clock + length) : run.start
    if (start >= run.end) continue
    cut(transaction, run.client, start, run.end)
    run.end = start
  }
}

function cut(transaction: Y.Transaction, client: number, start: number, end: number): void {
  const { store } = transaction.doc
  for (let clock = start; clock < end; ) {
    const item = Y.getItem(store, Y.createID(client, clock))
    clock = item.id.clock + item.length
    halve(transaction, item)
  }
}

/** Cuts in halves, since then no element is copied more often than the logarithm of the length. */
function halve(transaction: Y.Transaction, item: Y.Item): void {
  const parts = [item]
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    if (part.length <= LONGEST_STRUCT || part.deleted) continue
    const { client, clock } = part.id
    const middle = LONGEST_STRUCT * Math.ceil(part.length / LONGEST_STRUCT / 2)
    parts.push(part, Y.getItemCleanStart(transaction, Y.createID(client, clock + middle)))
  }
}
