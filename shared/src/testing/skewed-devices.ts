import fc from 'fast-check'
import { expect } from 'vitest'
import * as Y from 'yjs'
import type { RecordWrite, TableName } from '../domain/kernel/record-write.ts'
import { compareValues } from '../store/canonical-json.ts'
import { compactDocument } from '../store/compact.ts'
import type { FoldedRecord } from '../store/fold.ts'
import { createHistory, type History } from '../store/history.ts'
import { type FieldChange, openQuestDocument, type QuestDocument, type WriteReceipt } from '../store/quest-document.ts'
import { COUNTER_STEPS, STAMP_AHEAD_MS, type Stamp } from '../store/stamp.ts'
import { RECORD_IDS, recordWrite, TABLES } from './store-actions.ts'

const HOUR = 3_600_000

/** What happens on a device that meets others only by way of the server. */
export type DeviceAction =
  | { readonly kind: 'write'; readonly device: number; readonly writes: readonly RecordWrite[] }
  | { readonly kind: 'undo' | 'redo' | 'restart' | 'connect'; readonly device: number }
  | { readonly kind: 'setClock'; readonly device: number; readonly to: 'right' | 'behind' | 'ahead' }
  | { readonly kind: 'tick'; readonly ms: number }

const device = fc.nat({ max: 2 })

/** Random actions, weighted towards writes and connections. */
export const deviceAction: fc.Arbitrary<DeviceAction> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      device,
      writes: fc.array(recordWrite, { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom('undo', 'redo', 'restart', 'connect', 'connect', 'connect'), device }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('setClock' as const),
      device,
      to: fc.constantFrom('right', 'behind', 'ahead', 'ahead'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('tick' as const), ms: fc.constantFrom(HOUR, 24 * HOUR) }) },
)

interface Device {
  document: QuestDocument
  history: History
  skewMs: number
  /** What the server has acknowledged. */
  acknowledged: ReadonlyMap<number, number>
}

const SERVER = -1

interface Write {
  readonly device: number
  readonly change: FieldChange
  stamp: Stamp
  /** The devices it has reached, and the server. */
  readonly seenBy: Set<number>
}

/** Devices that are wrong by days at times, a server that takes no stamp too far ahead, and what must come of it. */
export class SkewedDevices {
  readonly #devices: Device[] = []
  readonly #server = new Y.Doc()
  #writes: Write[] = []
  #nowMs = 1_760_000_000_000

  constructor(count: number) {
    for (let index = 0; index < count; index += 1) this.#devices.push(this.#start(0))
  }

  /** Carries out an action. Time goes on with each. */
  run(action: DeviceAction): void {
    this.#nowMs += 60_000
    if (action.kind === 'tick') {
      this.#nowMs += action.ms
      return
    }
    const acting = this.#device(action.device)
    switch (action.kind) {
      case 'write': {
        const receipt = acting.document.write(action.writes)
        acting.history.push(receipt)
        this.#saw(action.device, receipt)
        break
      }
      case 'undo':
      case 'redo':
        this.#saw(action.device, acting.history[action.kind]())
        break
      case 'restart': {
        const state = compactDocument(Y.encodeStateAsUpdate(acting.document.doc))
        this.#devices[action.device] = { ...this.#start(acting.skewMs, state), acknowledged: acting.acknowledged }
        break
      }
      case 'setClock':
        // Two devices, each wrong by days in a way of its own: a clock is wrong by the same again and again.
        acting.skewMs = { right: 0, behind: -HOUR, ahead: (2 + action.device * 40) * 24 * HOUR }[action.to]
        break
      case 'connect':
        this.#connect(action.device)
        break
    }
  }

  /** Connects everybody until all hold the same. */
  settle(): void {
    for (let round = 0; round < 2; round += 1) {
      for (let index = 0; index < this.#devices.length; index += 1) this.run({ kind: 'connect', device: index })
    }
  }

  /** All devices' documents, and the server's. */
  documents(): readonly QuestDocument[] {
    return [...this.#devices.map(({ document }) => document), openQuestDocument(this.#server, { now: () => 0 })]
  }

  /** All fields of all records of a table as the greatest writes leave them, visible or not. */
  expected(table: TableName): ReadonlyMap<string, FoldedRecord> {
    const greatest = new Map<string, Write>()
    for (const write of this.#writes) {
      const key = JSON.stringify([write.change.table, write.change.id, write.change.path])
      const known = greatest.get(key)
      if (known === undefined || compareWrites(write, known) > 0) greatest.set(key, write)
    }
    const records = new Map<string, FoldedRecord>()
    for (const { change } of greatest.values()) {
      if (change.table !== table || change.after === null) continue
      records.set(change.id, { ...records.get(change.id), [change.path]: change.after })
    }
    return records
  }

  #connect(number: number): void {
    const { document, acknowledged } = this.#device(number)
    const before = recordsOf(document)
    document.observeServerTime(this.#nowMs)
    const corrected = document.restampAhead((client, clock) => clock < (acknowledged.get(client) ?? 0))
    recordsOf(document).forEach((record, index) => {
      expect(record).toBe(before[index])
    })
    this.#moved(number, corrected)
    const update = Y.encodeStateAsUpdate(document.doc, Y.encodeStateVector(this.#server))
    expect(latestStamp(update)).toBeLessThanOrEqual((this.#nowMs + STAMP_AHEAD_MS) * COUNTER_STEPS)
    Y.applyUpdate(this.#server, update)
    Y.applyUpdate(document.doc, Y.encodeStateAsUpdate(this.#server, Y.encodeStateVector(document.doc)))
    this.#device(number).acknowledged = Y.decodeStateVector(Y.encodeStateVector(this.#server))
    for (const { seenBy } of this.#writes) {
      if (seenBy.has(number)) seenBy.add(SERVER)
      else if (seenBy.has(SERVER)) seenBy.add(number)
    }
  }

  #saw(number: number, receipt: WriteReceipt | null): void {
    for (const change of receipt?.changes ?? [])
      this.#writes.push({ device: number, change, stamp: receipt?.stamp ?? 0, seenBy: new Set([number]) })
  }

  #moved(number: number, corrected: ReadonlyMap<Stamp, Stamp>): void {
    const credible = (this.#nowMs + STAMP_AHEAD_MS - HOUR) * COUNTER_STEPS
    const isOwnAhead = (write: Write) => write.device === number && write.stamp > credible
    // One that was overridden before it was sent has left nothing to correct.
    this.#writes = this.#writes.filter((write) => !isOwnAhead(write) || corrected.has(write.stamp))
    for (const moved of this.#writes.filter(isOwnAhead)) {
      const to = corrected.get(moved.stamp) ?? moved.stamp
      // What the device saw before in the same field is gone, even where that was stamped as far ahead as is credible.
      this.#writes = this.#writes.filter(
        (write) => !write.seenBy.has(number) || write.stamp >= moved.stamp || !isSameField(write, moved),
      )
      moved.stamp = to
    }
  }

  #device(number: number): Device {
    const found = this.#devices[number]
    if (found === undefined) throw new RangeError(`No device ${number}`)
    return found
  }

  #start(skewMs: number, state?: Uint8Array): Device {
    const doc = new Y.Doc()
    const document = openQuestDocument(doc, { now: () => this.#nowMs + this.#skewOf(document) })
    if (state !== undefined) Y.applyUpdate(doc, state)
    return { document, history: createHistory(document), skewMs, acknowledged: new Map() }
  }

  #skewOf(document: QuestDocument): number {
    return this.#devices.find((each) => each.document === document)?.skewMs ?? 0
  }
}

function recordsOf(document: QuestDocument): readonly (FoldedRecord | undefined)[] {
  return TABLES.flatMap((table) => RECORD_IDS.map((id) => document.record(table, id)))
}

function isSameField({ change: a }: Write, { change: b }: Write): boolean {
  return a.table === b.table && a.id === b.id && a.path === b.path
}

function compareWrites(a: Write, b: Write): number {
  return a.stamp - b.stamp || compareValues(a.change.after, b.change.after)
}

function latestStamp(update: Uint8Array): Stamp {
  let latest = 0
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentJSON)) continue
    for (const entry of struct.content.arr) latest = Math.max(latest, entry[1])
  }
  return latest
}
