import * as Y from 'yjs'
import type { LogExaminer } from '../../log/set-aside/log-examiner.ts'
import type { LoadedDocument, LoggedDocument, UpdateLog } from '../../log/update-log.ts'
import { type Cut, loadInto } from '../../log/updates/load-into.ts'
import { dropPending, hasPending } from '../../log/updates/pending.ts'
import { DocumentClosed } from '../refusals/refusal.ts'

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
