import '@questlog/shared/store/lean-yjs'
import * as Y from 'yjs'
import type { LoadedDocument, LoggedDocument, UpdateLog } from '../log/update-log.ts'
import { DocumentClosed } from '../refusal.ts'
import type { LogExaminer } from '../set-aside/log-examiner.ts'
import { dropPending, hasPending } from '../set-aside/pending.ts'

const UPDATES_PER_TURN = 500

/** Builds a document from its snapshot and log tail, letting other work run between pages of the tail. */
export async function loadInto(doc: Y.Doc, logged: LoggedDocument): Promise<void> {
  const { snapshot, tail } = logged
  const origin = { source: 'local', skipStoreHooks: true }
  if (snapshot !== null) Y.applyUpdate(doc, snapshot, origin)
  for (let start = 0; start < tail.length; start += UPDATES_PER_TURN) {
    if (start > 0) await new Promise<void>((resolve) => setImmediate(resolve))
    doc.transact(() => {
      for (const update of tail.slice(start, start + UPDATES_PER_TURN)) Y.applyUpdate(doc, update.bytes, origin)
    }, origin)
  }
}

/**
 * Fills a document that nobody has seen yet from its log. What of the log cannot be taken in is set aside on the way;
 * rejects only when the log cannot be read at all, or when `count`, which hears what is about to be built, throws
 * `DocumentClosed`.
 */
export async function loadFromLog(
  { log, examine }: { readonly log: Pick<UpdateLog, 'load'> } & Pick<LogExaminer, 'examine'>,
  doc: Y.Doc & { readonly name: string },
  count: (logged: LoggedDocument) => void,
): Promise<LoadedDocument> {
  for (;;) {
    let loaded: LoadedDocument | null = null
    let failure: unknown
    try {
      loaded = await log.load(doc.name)
      count(loaded)
      await loadInto(doc, loaded)
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

/** A document that threw holds half of an update. All that Yjs keeps of contents is put anew. */
function emptyAgain(doc: Y.Doc): void {
  const { store, share } = new Y.Doc()
  Object.assign(doc, { store, share, _transaction: null, _transactionCleanups: [] })
}
