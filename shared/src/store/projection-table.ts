import type { Section } from '../domain/groups/group-fields.ts'
import { compareNames } from '../domain/kernel/fold-text.ts'
import { type ProjectId, type SectionId, storedId } from '../domain/kernel/ids.ts'
import type { TableName } from '../domain/kernel/record-write.ts'
import type { Ranked } from '../domain/order/ranked-insert.ts'
import type { FoldedRecord } from './fold.ts'
import type { QuestDocument } from './quest-document.ts'

/** The records of one table as immutable objects, each made when first asked for and kept until it changes. */
export class ProjectionTable<Id extends string, Value> {
  readonly name: TableName
  readonly #document: QuestDocument
  readonly #read: (id: Id, record: FoldedRecord) => Value | undefined
  readonly #cache = new Map<string, Value>()

  constructor(document: QuestDocument, name: TableName, read: (id: Id, record: FoldedRecord) => Value | undefined) {
    this.#document = document
    this.name = name
    this.#read = read
  }

  get(id: Id): Value | undefined {
    const cached = this.#cache.get(id)
    if (cached !== undefined) return cached
    const record = this.#document.record(this.name, id)
    const value = record === undefined ? undefined : this.#read(id, record)
    if (value !== undefined) this.#cache.set(id, value)
    return value
  }

  /** Forgets records, to be read when next asked for. */
  forget(ids: Iterable<string>): void {
    for (const id of ids) this.#cache.delete(id)
  }
}

/** The ids of a small table in an order, as one array that is replaced only when the order or the members change. */
export class ProjectionOrder<Id extends string, Value> {
  readonly #allIds: () => Iterable<Id>
  readonly #get: (id: Id) => Value | undefined
  readonly #compare: (a: Value, b: Value) => number
  #ids: readonly Id[] | null = null

  /** `get` gives undefined for a record that is left out; `compare` must not find two records equal. */
  constructor(allIds: () => Iterable<Id>, get: (id: Id) => Value | undefined, compare: (a: Value, b: Value) => number) {
    this.#allIds = allIds
    this.#get = get
    this.#compare = compare
  }

  get ids(): readonly Id[] {
    this.#ids ??= this.#sorted()
    return this.#ids
  }

  /** Sorts again if it was ever asked for; whether the array was replaced. */
  refresh(): boolean {
    const before = this.#ids
    if (before === null) return false
    const after = this.#sorted()
    if (after.length === before.length && after.every((id, index) => id === before[index])) return false
    this.#ids = after
    return true
  }

  #sorted(): readonly Id[] {
    const entries: { readonly id: Id; readonly value: Value }[] = []
    for (const id of this.#allIds()) {
      const value = this.#get(id)
      if (value !== undefined) entries.push({ id, value })
    }
    return entries.sort((a, b) => this.#compare(a.value, b.value)).map((entry) => entry.id)
  }
}

/** The order of one project's sections. */
export function sectionOrder(
  document: QuestDocument,
  sections: ProjectionTable<SectionId, Section>,
  projectId: ProjectId,
): ProjectionOrder<SectionId, Section> {
  const get = (id: SectionId): Section | undefined => {
    const section = sections.get(id)
    return section?.projectId === projectId ? section : undefined
  }
  return new ProjectionOrder(() => Array.from(document.ids('sections'), storedId<SectionId>), get, byRank)
}

/** Orders records by rank, those of one rank by id. */
export function byRank(a: Ranked, b: Ranked): number {
  return compareText(a.rank, b.rank) || compareText(a.id, b.id)
}

/** Orders records of the Trash, the latest first. */
export function byDeletion(a: Trashed, b: Trashed): number {
  return (b.deletedAt ?? 0) - (a.deletedAt ?? 0) || compareText(a.id, b.id)
}

/** Orders records by name, as REST does. */
export function byName(a: Named, b: Named): number {
  return compareNames(a.name, b.name) || compareText(a.id, b.id)
}

interface Named {
  readonly id: string
  readonly name: string
}

interface Trashed {
  readonly id: string
  readonly deletedAt: number | null
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
