import type { RefusalReason } from '@questlog/shared/protocol/documents'
import type { LogExaminer } from '../../log/set-aside/log-examiner.ts'
import { pastFaults } from '../../log/set-aside/past-faults.ts'
import { awaitedThreadLimits, createDocumentThread, ThreadFailure } from '../../log/thread/document-thread.ts'
import type { UpdateLog } from '../../log/update-log.ts'
import { retry } from '../refusals/refusal.ts'
import { proveTask } from './prove-update.ts'

/** Makes updates prove themselves that are not safe by their shape alone. */
export interface Prover {
  /**
   * Why an update of a document is refused, or null if it is safe to commit, whatever else is committed meanwhile.
   * Throws `DocumentClosed` if that cannot be found out now.
   */
  prove(document: string, update: Uint8Array): Promise<RefusalReason | null>
  close(): Promise<void>
}

interface ProverDeps {
  readonly log: Pick<UpdateLog, 'load'>
  readonly examine: LogExaminer['examine']
  readonly limits: { readonly stampAheadMs: number }
  readonly now: () => number
}

export function createProver({ log, examine, limits, now }: ProverDeps): Prover {
  const thread = createDocumentThread(awaitedThreadLimits)
  return {
    async prove(document, update) {
      const { snapshot, tail } = await pastFaults(examine, document, () => log.load(document))
      const rows = tail.map(({ bytes }) => bytes)
      const bounds = { nowMs: now(), stampAheadMs: limits.stampAheadMs }
      try {
        return await thread.run(proveTask, snapshot === null ? rows : [snapshot, ...rows], update, bounds)
      } catch (error) {
        if (!(error instanceof ThreadFailure)) throw error
        if (error.reason === 'threw') return 'malformed'
        if (error.reason === 'overdue' || error.reason === 'out-of-memory') return 'too-large'
        throw retry('busy', error)
      }
    },
    close: () => thread.close(),
  }
}
