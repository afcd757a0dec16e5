import type { LogExaminer } from './log-examiner.ts'

/** Reads a document's log, and again as long as that sets something aside; rejects if the log is not to blame. */
export async function pastFaults<Value>(
  examine: LogExaminer['examine'],
  document: string,
  read: () => Promise<Value>,
): Promise<Value> {
  for (;;) {
    try {
      return await read()
    } catch (error) {
      if (!(await examine(document, error))) throw error
    }
  }
}
