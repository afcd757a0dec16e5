import { localStoreErrorFrom } from './indexeddb-error.ts'

/** Keeps a log short: once so many rows have gathered, they are replaced by one. */
export interface Compaction {
  /** Does nothing below the number of rows that makes it due, or while one is under way. */
  compactIfLong(rows: number): Promise<void>
}

/** `replace` replaces all rows, unless there are fewer than it is told, and says whether it did. */
export function createCompaction(maxRows: number, replace: (minRows: number) => Promise<boolean>): Compaction {
  let dueAtRows = maxRows
  let isRunning = false
  return {
    async compactIfLong(rows) {
      if (rows < dueAtRows || isRunning) return
      isRunning = true
      try {
        if (!(await replace(dueAtRows))) dueAtRows = rows + maxRows
      } catch (thrown) {
        // The rows are all still there: a lack of room for the copy postpones the work and endangers nothing.
        if (localStoreErrorFrom(thrown).kind !== 'quota-exceeded') throw thrown
        dueAtRows = rows + maxRows
      } finally {
        isRunning = false
      }
    },
  }
}
