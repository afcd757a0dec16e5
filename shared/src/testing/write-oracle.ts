import type { TableName } from '../domain/kernel/record-write.ts'
import { compareValues } from '../store/canonical-json.ts'
import type { FoldedRecord } from '../store/fold.ts'
import type { FieldChange, WriteReceipt } from '../store/quest-document.ts'

interface Occurrence {
  readonly change: FieldChange
  readonly stamp: number
}

/** Remembers every write ever made, on any device, and says what the records must be once all have met. */
export class WriteOracle {
  readonly #greatest = new Map<string, Occurrence>()

  /** Takes note of a write; null is one that did nothing. */
  saw(receipt: WriteReceipt | null): void {
    for (const change of receipt?.changes ?? []) {
      const key = JSON.stringify([change.table, change.id, change.path])
      const known = this.#greatest.get(key)
      const occurrence: Occurrence = { change, stamp: receipt?.stamp ?? 0 }
      if (known === undefined || compare(occurrence, known) > 0) this.#greatest.set(key, occurrence)
    }
  }

  /** All fields of all records of a table, visible or not; cleared fields are absent. */
  records(table: TableName): ReadonlyMap<string, FoldedRecord> {
    const records = new Map<string, FoldedRecord>()
    for (const { change } of this.#greatest.values()) {
      if (change.table !== table || change.after === null) continue
      records.set(change.id, { ...records.get(change.id), [change.path]: change.after })
    }
    return records
  }
}

function compare(a: Occurrence, b: Occurrence): number {
  return a.stamp - b.stamp || compareValues(a.change.after, b.change.after)
}
