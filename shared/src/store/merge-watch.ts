import type { FieldValue, TableName } from '../domain/kernel/record-write.ts'
import { compareValues } from './canonical-json.ts'
import { visitFields } from './entry.ts'
import { foldSlots, type Holders, type Slot, valueIn } from './fold.ts'
import type { RecordTable } from './record-table.ts'
import type { Stamp } from './stamp.ts'

/** A field that a merge changed. A null is an absent or cleared field. */
export interface MergedField {
  readonly path: string
  readonly before: FieldValue
  readonly beforeStamp: Stamp | null
  readonly after: FieldValue
  readonly stamp: Stamp
}

/** A value that arrived and did not come to hold: what was there already is greater. */
export interface LostField {
  readonly path: string
  readonly value: FieldValue
  readonly stamp: Stamp
  /** Whether its entry only took it over (R10): it may then be older than what it seems to have lost to. */
  readonly isCarried: boolean
  readonly kept: FieldValue
  readonly keptStamp: Stamp
}

/** What a merge did to one record. */
export interface MergedRecord {
  readonly table: TableName
  readonly id: string
  readonly wasVisible: boolean
  readonly isVisible: boolean
  readonly fields: readonly MergedField[]
  readonly lost: readonly LostField[]
}

interface Found {
  readonly slots: readonly Slot[]
  readonly wasVisible: boolean
}

/** Compares the records that a transaction touches before and after it. */
export class MergeWatch {
  readonly #found = new Map<RecordTable, Map<string, Found>>()

  /** Call before an element's table is told that it came or went. */
  touch(table: RecordTable, value: unknown): void {
    const id: unknown = Array.isArray(value) ? value[0] : undefined
    if (typeof id !== 'string') return
    const known = this.#found.get(table)
    if (known?.has(id)) return
    // The table goes on filling the array it has.
    const found = { slots: [...table.slots(id)], wasVisible: table.record(id) !== undefined }
    if (known === undefined) this.#found.set(table, new Map([[id, found]]))
    else known.set(id, found)
  }

  /** The touched records in which something changed or lost; call once their tables have settled. */
  records(): readonly MergedRecord[] {
    const merged: MergedRecord[] = []
    for (const [table, ids] of this.#found) {
      for (const [id, found] of ids) {
        const [before, after] = [foldSlots(found.slots), table.holders(id)]
        const fields = changedFields(before, after)
        const lost = lostFields(newSlots(found.slots, table.slots(id)), before, after)
        const { wasVisible } = found
        const isVisible = table.record(id) !== undefined
        if (fields.length > 0 || lost.length > 0)
          merged.push({ table: table.name, id, wasVisible, isVisible, fields, lost })
      }
    }
    return merged
  }
}

function changedFields(before: Holders, after: Holders): readonly MergedField[] {
  const fields: MergedField[] = []
  for (const [path, { stamp, value }] of after) {
    const held = before.get(path)
    const former = held?.value ?? null
    if (compareValues(former, value) === 0) continue
    fields.push({ path, before: former, beforeStamp: held?.stamp ?? null, after: value, stamp })
  }
  return fields
}

function newSlots(before: readonly Slot[], after: readonly Slot[]): readonly Slot[] {
  return after.filter((slot) => !before.some(({ client, clock }) => client === slot.client && clock === slot.clock))
}

function lostFields(arrived: readonly Slot[], before: Holders, after: Holders): readonly LostField[] {
  const lost: LostField[] = []
  for (const slot of arrived) {
    visitFields(slot.entry, (path, stamp) => {
      const kept = after.get(path)
      // What lost to something that arrived with it was history for whoever wrote that.
      if (kept === undefined || kept.slot === slot || before.get(path)?.stamp !== kept.stamp) return
      const value = valueIn(slot.entry[2], path)
      if (stamp === kept.stamp || compareValues(value, kept.value) === 0) return
      const isCarried = stamp !== slot.entry[1]
      lost.push({ path, value, stamp, isCarried, kept: kept.value, keptStamp: kept.stamp })
    })
  }
  return lost
}
