import type { LogExaminer } from './log-examiner.ts'

/** Reads a document's log, again and again while something of it is set aside; rejects where the log is not to blame. */
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
