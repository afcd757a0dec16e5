import type { FieldValue, TableName } from '../domain/kernel/record-write.ts'
import { type Entry, type EntryProblem, entryFault } from './entry.ts'
import { type FoldedRecord, foldSlots, type Holders, isSameRecord, recordOf, type Slot } from './fold.ts'
import { isVisible } from './schema.ts'
import type { Stamp } from './stamp.ts'

/** A record of several entries, or of one that clears fields. */
interface Composite {
  slots: Slot[]
  /** The fold last handed out, null where none was: it is then made when first asked for. */
  folded: FoldedRecord | null
  stale: boolean
}

/**
 * The records of one table, folded from the entries it is given. Giving it the same element twice,
 * or of the removal of an unknown one, changes nothing. A record whose single entry clears no field is
 * kept as that entry, and its patch is the record: no copies.
 */
export class RecordTable {
  readonly name: TableName
  readonly #records = new Map<string, Slot | Composite>()
  readonly #problems = new Map<string, EntryProblem>()
  readonly #observe: (stamp: Stamp) => void

  constructor(name: TableName, observe: (stamp: Stamp) => void) {
    this.name = name
    this.#observe = observe
  }

  /**
   * Takes in an element, and puts the id of its record with those touched since they were last settled.
   * `touched` is null while a document is loaded and nobody has seen any record: then nothing needs settling.
   */
  add(value: unknown, client: number, clock: number, touched: Set<string> | null): void {
    const fault = entryFault(value)
    if (fault !== null) {
      this.#problems.set(`${client}:${clock}`, { table: this.name, client, clock, fault })
      return
    }
    const slot: Slot = { entry: value as Entry, client, clock }
    const [id, stamp] = slot.entry
    const known = this.#records.get(id)
    this.#observe(stamp)
    if (known === undefined) {
      this.#records.set(id, hasCleared(slot.entry) ? { slots: [slot], folded: null, stale: true } : slot)
    } else if (slotsOf(known).some((other) => other.clock === clock && other.client === client)) {
      return
    } else if (isComposite(known)) {
      known.slots.push(slot)
      known.stale = true
    } else {
      // A single entry touched before it was settled is new itself: nobody has seen its record.
      const folded = touched === null || touched.has(id) ? null : known.entry[2]
      this.#records.set(id, { slots: [known, slot], folded, stale: true })
    }
    touched?.add(id)
  }

  /** Forgets an element, and puts the id of its record with those touched. */
  remove(value: unknown, client: number, clock: number, touched: Set<string>): void {
    if (this.#problems.size > 0) this.#problems.delete(`${client}:${clock}`)
    const id: unknown = Array.isArray(value) ? value[0] : undefined
    const known = typeof id === 'string' ? this.#records.get(id) : undefined
    if (known === undefined || typeof id !== 'string') return
    const before = slotsOf(known)
    const slots = before.filter((slot) => slot.clock !== clock || slot.client !== client)
    if (slots.length === before.length) return
    const folded = isComposite(known) ? known.folded : known.entry[2]
    if (slots.length === 0) this.#records.delete(id)
    else this.#records.set(id, { slots, folded, stale: true })
    touched.add(id)
  }

  /**
   * Folds a touched record again. If nothing visible changed, the former object stays; the answer says whether anything
   * did.
   */
  settle(id: string): boolean {
    const known = this.#records.get(id)
    if (known === undefined || !isComposite(known) || known.folded === null) return true
    if (!known.stale) return false
    const [only] = known.slots
    const single = known.slots.length === 1 && only !== undefined && !hasCleared(only.entry)
    const folded = single ? only.entry[2] : recordOf(foldSlots(known.slots))
    const isChanged = !isSameRecord(folded, known.folded)
    if (isChanged) known.folded = folded
    known.stale = false
    if (single && known.folded === only.entry[2]) this.#records.set(id, only)
    return isChanged
  }

  /** The record's fields whether visible or not, as last settled. */
  folded(id: string): FoldedRecord | undefined {
    const known = this.#records.get(id)
    return known === undefined ? undefined : foldedOf(known)
  }

  /** The record, where it is visible. The same object until it changes. */
  record(id: string): FoldedRecord | undefined {
    const folded = this.folded(id)
    return folded !== undefined && isVisible(this.name, folded) ? folded : undefined
  }

  /** The record's entries. */
  slots(id: string): readonly Slot[] {
    const known = this.#records.get(id)
    return known === undefined ? [] : slotsOf(known)
  }

  /** The entries of all records, record by record. */
  *allSlots(): IterableIterator<readonly Slot[]> {
    for (const known of this.#records.values()) yield slotsOf(known)
  }

  /** What holds each field, cleared ones included. */
  holders(id: string): Holders {
    return foldSlots(this.slots(id))
  }

  /** The ids of visible records, in no particular order. */
  *ids(): IterableIterator<string> {
    for (const [id, known] of this.#records) {
      if (isVisible(this.name, foldedOf(known))) yield id
    }
  }

  /** Visits the visible records, in no particular order. */
  visit(visit: (id: string, record: FoldedRecord) => void): void {
    for (const [id, known] of this.#records) {
      const record = foldedOf(known)
      if (isVisible(this.name, record)) visit(id, record)
    }
  }

  /** The unreadable elements. */
  problems(): IterableIterator<EntryProblem> {
    return this.#problems.values()
  }
}

function isComposite(known: Slot | Composite): known is Composite {
  return 'slots' in known
}

function slotsOf(known: Slot | Composite): readonly Slot[] {
  return isComposite(known) ? known.slots : [known]
}

function foldedOf(known: Slot | Composite): FoldedRecord {
  if (!isComposite(known)) return known.entry[2]
  if (known.folded === null) {
    const [only] = known.slots
    known.folded =
      known.slots.length === 1 && only !== undefined ? withoutCleared(only.entry) : recordOf(foldSlots(known.slots))
    known.stale = false
  }
  return known.folded
}

function withoutCleared(entry: Entry): FoldedRecord {
  const patch = entry[2]
  const record: { [path: string]: FieldValue } = {}
  for (const path in patch) {
    const value = patch[path] ?? null
    if (value !== null) record[path] = value
  }
  return record
}

function hasCleared(entry: Entry): boolean {
  const patch = entry[2]
  for (const path in patch) {
    if (patch[path] === null) return true
  }
  return false
}
