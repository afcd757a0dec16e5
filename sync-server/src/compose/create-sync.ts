import { createCommitQueue } from '../log/commit-queue.ts'
import { DELETED_SEQ } from '../log/delete-documents.ts'
import { ENDED_SEQ } from '../log/ended-epochs.ts'
import { createPostgresLog } from '../log/postgres-log.ts'
import { createLogExaminer } from '../log/set-aside/log-examiner.ts'
import { awaitedThreadLimits, createDocumentThread } from '../log/thread/document-thread.ts'
import type { Seq } from '../log/update-log.ts'
import { createProver } from '../sync/admission/prover.ts'
import { createCompactor } from '../sync/compaction/compactor.ts'
import { createAccessWatch } from '../sync/connections/access-watch.ts'
import { createSocketRegistry } from '../sync/connections/socket-registry.ts'
import { createDocumentRegistry } from '../sync/documents/document-registry.ts'
import { createStepOneAnswers } from '../sync/documents/step-one-answers.ts'
import { createRebaser } from '../sync/epochs/rebaser.ts'
import { createHocuspocus } from '../sync/hooks.ts'
import { createDocumentRoom } from '../sync/limits/document-room.ts'
import { createWorkShares } from '../sync/limits/work-shares.ts'
import type { Sync, SyncDeps } from '../sync/sync.ts'

/** Puts the sync core together: the log, the open documents, and the sockets that share them. */
export function createSync(given: SyncDeps): Sync {
  const deps = { ...given, monotonicMs: given.monotonicMs ?? (() => performance.now()) }
  const faultPoint = deps.faultPoint ?? (() => undefined)
  const log = createPostgresLog(deps.pool, deps.cipher)
  const commits = createCommitQueue(log, faultPoint, deps.monotonicMs)
  const onRevised = (document: string, revision: number): void => {
    documents.onRevised(document, revision)
    deps.bus.publish({ kind: 'revised', document, revision })
  }
  const examiner = createLogExaminer({ ...deps, onRevised })
  const { examine } = examiner
  const compactor = createCompactor({
    ...deps,
    log,
    examine,
    faultPoint,
    onCompacted: (document, seq, heapBytes) => documents.onCompacted(document, seq, heapBytes),
  })
  const room = createDocumentRoom({ ...deps, log, compactor })
  const prover = createProver({ ...deps, log, examine })
  const tellAppended = (document: string, seq: Seq): void => {
    documents.onHint(document, seq)
    deps.bus.publish({ kind: 'appended', document, seq })
  }
  const rebaser = createRebaser({
    ...deps,
    log,
    faultPoint,
    onEnded: (document) => tellAppended(document, ENDED_SEQ),
    whileClosed: (document, work) => documents.whileClosed(document, work),
  })
  const onClientIds = rebaser.consider
  const thread = createDocumentThread(awaitedThreadLimits)
  const taking = { log, examine, commits, compactor, room, prover, thread, onClientIds }
  const documents = createDocumentRegistry({ ...deps, ...taking })
  const work = createWorkShares({ limits: deps.limits, monotonicMs: given.workMs ?? (() => performance.now()) })
  const sockets = createSocketRegistry({ ...deps, work })
  const accessWatch = createAccessWatch({
    ...deps,
    sessions: sockets.sessions,
    everyMs: deps.limits.accessCheckMs,
  })
  const stepOneAnswers = createStepOneAnswers({ log, examine, thread })
  const shared = { work, faultPoint, documents, sockets, accessWatch, stepOneAnswers, thread }
  const hocuspocus = createHocuspocus({ ...deps, ...shared })
  documents.attach(hocuspocus)

  const unsubscribe = deps.bus.subscribe((event) => {
    if (event.kind === 'appended') documents.onHint(event.document, event.seq)
    else if (event.kind === 'revised') documents.onRevised(event.document, event.revision)
    else if (event.kind === 'family-ended') sockets.endFamily(event.familyId)
    else if (event.kind === 'access-changed') accessWatch.onChange(event)
    else {
      documents.checkHeads()
      accessWatch.checkAll()
    }
  })

  return {
    handleConnection(socket, request) {
      sockets.open(socket, request.socket, hocuspocus, deps.addressOf?.(request) ?? request.socket.remoteAddress ?? '')
    },
    room,
    work,
    examine,
    announce(document, seq) {
      tellAppended(document, seq)
      // A document that nobody has open has no other place to notice how long its log has grown.
      if (seq % deps.limits.compactAfterUpdates === 0) compactor.compact(document)
    },
    forget(document) {
      tellAppended(document, DELETED_SEQ)
    },
    endFamily(familyId) {
      sockets.endFamily(familyId)
      deps.bus.publish({ kind: 'family-ended', familyId })
    },
    changeAccess(change) {
      accessWatch.onChange(change)
      deps.bus.publish({ kind: 'access-changed', ...change })
    },
    async drain() {
      accessWatch.stop()
      sockets.stop()
      await commits.drain()
      // Acknowledgements are sent by what continues after the commit, in this turn of the event loop.
      await new Promise<void>((resolve) => setImmediate(resolve))
      sockets.closeAll()
      work.stop()
      room.stop()
      unsubscribe()
      documents.stop()
      await Promise.all([prover.close(), thread.close(), rebaser.drain(), compactor.drain()])
      await examiner.close()
    },
    isHealthy: () => commits.isHealthy && !sockets.isStopped,
    stats: () => ({
      ...sockets.stats(),
      ...documents.stats(),
      commits: commits.commits,
      updates: commits.updates,
      queuedBytes: commits.queuedBytes,
      compactions: compactor.compactions,
      rebases: rebaser.rebases,
      failedRebases: rebaser.failedRebases,
    }),
  }
}
