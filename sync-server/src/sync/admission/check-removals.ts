import { visitElements, visitItem } from '@questlog/shared/store/element-list'
import { type Entry, entryFault, visitFields } from '@questlog/shared/store/entry'
import { compareOccurrences, foldSlots, type Slot, valueIn } from '@questlog/shared/store/fold'
import { rootKind } from '@questlog/shared/store/root-names'
import { rootName } from '@questlog/shared/store/yjs-root-names'
import * as Y from 'yjs'
import type { DeletedRange, Struct } from '../../log/updates/decode-update.ts'

/** A struct of entries that an update adds to a table. */
export interface AddedEntries {
  readonly table: string
  readonly client: number
  readonly struct: Struct
}

/** The entries of one record that an update removes, and those that stay. */
interface Removal {
  readonly removed: Slot[]
  readonly staying: Slot[]
}

/** The verdict on removals. */
export interface RemovalCheck {
  /** Whether every field of every entry removed is held by a greater occurrence that stays. */
  readonly isCovered: boolean
  /** Elements looked at, beyond the update's own. */
  readonly steps: number
}

/**
 * Checks that an update removes only entries that are overridden (SPEC R9), so that no record loses anything with them.
 * What overrides them is mostly in the update itself; otherwise the table is walked once. Note text may be deleted.
 */
export function checkRemovals(
  added: readonly AddedEntries[],
  deleted: readonly DeletedRange[],
  doc: Y.Doc,
): RemovalCheck {
  const removals = new Map<string, Map<string, Removal>>()
  for (const range of deleted) collectRemoved(range, doc, removals)
  if (removals.size === 0) return { isCovered: true, steps: 0 }
  const isDeleted = createRangeLookup(deleted)
  for (const { table, client, struct } of added) {
    const ofTable = removals.get(table)
    for (const [offset, value] of struct.values?.entries() ?? []) {
      stay(ofTable, value, client, struct.clock + offset, isDeleted)
    }
  }
  let [isCovered, steps] = [true, 0]
  for (const [table, byId] of removals) {
    const open = new Map([...byId].filter(([, removal]) => !isOverridden(removal)))
    const list = doc.share.get(table)
    if (open.size === 0 || list === undefined) continue
    visitElements(list as Y.Array<unknown>, (value, client, clock) => {
      steps += 1
      stay(open, value, client, clock, isDeleted)
    })
    isCovered &&= [...open.values()].every(isOverridden)
  }
  return { isCovered, steps }
}

type IsDeleted = (client: number, clock: number) => boolean

function collectRemoved(
  { client, clock, length }: DeletedRange,
  doc: Y.Doc,
  removals: Map<string, Map<string, Removal>>,
): void {
  const structs = doc.store.clients.get(client)
  const end = Math.min(clock + length, Y.getState(doc.store, client))
  if (structs === undefined || clock >= end) return
  for (let index = Y.findIndexSS(structs, clock); index < structs.length; index += 1) {
    const item = structs[index]
    if (item === undefined || item.id.clock >= end) return
    const root = item instanceof Y.Item && !item.deleted && item.parent !== null ? rootName(item.parent) : null
    if (root === null || rootKind(root) !== 'table') continue
    const byId = removals.get(root) ?? new Map<string, Removal>()
    removals.set(root, byId)
    const from = Math.max(clock - item.id.clock, 0)
    visitItem(item as Y.Item, from, Math.min(end - item.id.clock, item.length), (value, _client, at) => {
      if (entryFault(value) !== null) return
      const entry = value as Entry
      const removal = byId.get(entry[0])
      const slot = { entry, client, clock: at }
      if (removal === undefined) byId.set(entry[0], { removed: [slot], staying: [] })
      else removal.removed.push(slot)
    })
  }
}

function stay(
  removals: ReadonlyMap<string, Removal> | undefined,
  value: unknown,
  client: number,
  clock: number,
  isDeleted: IsDeleted,
): void {
  const removal = Array.isArray(value) ? removals?.get(value[0]) : undefined
  if (removal === undefined || isDeleted(client, clock) || entryFault(value) !== null) return
  removal.staying.push({ entry: value as Entry, client, clock })
}

function isOverridden({ removed, staying }: Removal): boolean {
  if (staying.length === 0) return false
  const holders = foldSlots(staying)
  return removed.every((slot) => {
    let isHeldElsewhere = true
    visitFields(slot.entry, (path, stamp) => {
      const holder = holders.get(path)
      const occurrence = { slot, stamp, value: valueIn(slot.entry[2], path) }
      if (holder === undefined || compareOccurrences(holder, occurrence) < 0) isHeldElsewhere = false
    })
    return isHeldElsewhere
  })
}

/** Whether an element is in one of the ranges, which are in order for each client. */
function createRangeLookup(ranges: readonly DeletedRange[]): IsDeleted {
  const byClient = Map.groupBy(ranges, ({ client }) => client)
  return (client, clock) => {
    const ofClient = byClient.get(client) ?? []
    let low = 0
    let high = ofClient.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const range = ofClient[middle]
      if (range === undefined) return false
      if (clock < range.clock) high = middle - 1
      else if (clock >= range.clock + range.length) low = middle + 1
      else return true
    }
    return false
  }
}
