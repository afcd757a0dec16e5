import '@questlog/shared/store/lean-yjs'
import * as Y from 'yjs'
import type { LogExaminer } from '../../log/set-aside/log-examiner.ts'
import type { LoadedDocument, LoggedDocument, UpdateLog } from '../../log/update-log.ts'
import { dropPending, hasPending } from '../../log/updates/pending.ts'
import { nextTurn } from '../../log/updates/pieces.ts'
import { DocumentClosed } from '../refusals/refusal.ts'

/** Bytes taken in without letting other work run; or one update, if that is larger. */
const BYTES_PER_TURN = 128 * 1024
const UPDATES_PER_TURN = 500

/** Cuts an update so that none of its pieces holds up other work for long. */
export type Cut = (update: Uint8Array) => Promise<readonly Uint8Array[]>

/** Builds a document from its snapshot and log tail, letting other work run between pieces of them. */
export async function loadInto(doc: Y.Doc, { snapshot, tail }: LoggedDocument, cut: Cut): Promise<void> {
  const origin = { source: 'local', skipStoreHooks: true }
  let turn: Uint8Array[] = []
  let bytes = 0
  const takeIn = async (): Promise<void> => {
    const updates = turn
    turn = []
    bytes = 0
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update, origin)
    }, origin)
    await nextTurn()
  }
  for (const update of [...(snapshot === null ? [] : [snapshot]), ...tail.map((row) => row.bytes)]) {
    for (const piece of await cut(update)) {
      if (turn.length === UPDATES_PER_TURN || (turn.length > 0 && bytes + piece.length > BYTES_PER_TURN)) await takeIn()
      turn.push(piece)
      bytes += piece.length
    }
  }
  if (turn.length > 0) await takeIn()
}

type LoadDeps = { readonly log: Pick<UpdateLog, 'load'>; readonly cut: Cut } & Pick<LogExaminer, 'examine'>

/**
 * Fills a document that nobody has seen yet from its log. Parts of the log that cannot be taken in are set aside on the
 * way; rejects only when the log cannot be read at all, or when `count`, which is called with what is about to be
 * built, throws `DocumentClosed`.
 */
export async function loadFromLog(
  { log, examine, cut }: LoadDeps,
  doc: Y.Doc & { readonly name: string },
  count: (logged: LoggedDocument) => Promise<void>,
): Promise<LoadedDocument> {
  for (;;) {
    let loaded: LoadedDocument | null = null
    let failure: unknown
    try {
      loaded = await log.load(doc.name)
      await count(loaded)
      await loadInto(doc, loaded, cut)
      if (!hasPending(doc)) return loaded
    } catch (error) {
      if (error instanceof DocumentClosed) throw error
      loaded = null
      failure = error
    }
    if (!(await examine(doc.name, failure))) {
      if (loaded === null) throw failure
      dropPending(doc)
      return loaded
    }
    emptyAgain(doc)
  }
}

/** A document that threw holds half of an update. Everything in which Yjs keeps contents starts over. */
function emptyAgain(doc: Y.Doc): void {
  const { store, share } = new Y.Doc()
  Object.assign(doc, { store, share, _transaction: null, _transactionCleanups: [] })
}
