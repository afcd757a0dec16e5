import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import type { TableName } from '@questlog/shared/domain/kernel/record-write'
import { TABLE_NAMES } from '@questlog/shared/domain/kernel/record-write'
import { type FoldedRecord, isSameRecord } from '@questlog/shared/store/fold'
import { NOTE_PREFIX } from '@questlog/shared/store/note-stream'
import { createProjection, type Projection } from '@questlog/shared/store/projection'
import { openQuestDocument, type QuestDocument } from '@questlog/shared/store/quest-document'
import { rootName } from '@questlog/shared/store/yjs-root-names'
import * as Y from 'yjs'
import type { LoggedDocument, Seq } from '../update-log.ts'
import { contentBytes } from '../updates/content-bytes.ts'
import type { DeletedRange } from '../updates/decode-update.ts'
import { heapOfUpdate } from '../updates/document-heap.ts'
import { type Cut, loadInto } from '../updates/load-into.ts'
import { dropPending, hasPending } from '../updates/pending.ts'
import { editText } from './edit-text.ts'

/** A record as changes found and left it; undefined where there was or is none. */
export interface RecordChange {
  readonly table: TableName
  readonly id: string
  readonly before: FoldedRecord | undefined
  readonly after: FoldedRecord | undefined
}

export interface ReplicaChanges {
  readonly records: readonly RecordChange[]
  /** The quests whose notes changed, and how. */
  readonly notes: ReadonlyMap<string, NoteChange>
}

/** How long a note was, and is, in UTF-16 code units. */
export interface NoteChange {
  readonly before: number
  readonly after: number
}

/** What was written on a replica since it stood at a seq of the log: one update of it. */
export interface Written {
  readonly bytes: Uint8Array
  /** Encoded bytes of the contents it deletes. */
  readonly freed: number
  readonly clientId: number
  readonly changes: ReplicaChanges
}

/** Builds a document, and estimates its heap: of what it is loaded from, and from then on what it grows by. */
export interface ReplicaMemory {
  readonly cut: Cut
  readonly heap: number
  readonly onGrown: (bytes: number) => void
}

/**
 * A document at a seq of its log, apart from the one that sockets share: read and written in memory while nobody sees
 * it. Whoever writes on it and cannot commit that must throw it away.
 */
export class Replica {
  readonly name: string
  readonly state: Projection
  seq: Seq
  /** Encoded bytes of what it was made from. */
  bytes: number
  /** Bytes of heap of its document, as estimated. */
  heapBytes: number
  readonly #onGrown: (bytes: number) => void
  readonly #doc = new Y.Doc({ gc: true })
  readonly #document: QuestDocument
  /** Every record as last reported; the very objects that the document holds. */
  readonly #known = new Map<TableName, Map<string, FoldedRecord>>()
  readonly #changed = new Map<TableName, Set<string>>()
  readonly #changedNotes = new Set<string>()
  /** By quest, how long its note was when last reported; empty notes are left out. */
  readonly #noteLengths = new Map<string, number>()
  readonly #written: Uint8Array[] = []
  #freed = 0

  private constructor(name: string, logged: LoggedDocument, now: () => number, memory: ReplicaMemory) {
    this.name = name
    this.heapBytes = memory.heap
    this.#onGrown = memory.onGrown
    this.seq = logged.head
    this.bytes = logged.tail.reduce((sum, update) => sum + update.bytes.length, logged.snapshot?.length ?? 0)
    this.#document = openQuestDocument(this.#doc, { now })
    this.state = createProjection(this.#document)
  }

  /** Builds a document as the log had it. */
  static async load(name: string, logged: LoggedDocument, now: () => number, memory: ReplicaMemory): Promise<Replica> {
    const replica = new Replica(name, logged, now, memory)
    await loadInto(replica.#doc, logged, memory.cut)
    replica.#follow()
    return replica
  }

  /** Takes in the log's next update, and tells what it changed. */
  apply(update: { readonly seq: Seq; readonly bytes: Uint8Array }): ReplicaChanges {
    if (update.seq !== this.seq + 1) throw new Error(`${this.name} at ${this.seq} was given update ${update.seq}`)
    Y.applyUpdate(this.#doc, update.bytes)
    this.#advance(update.bytes)
    return this.#takeChanges()
  }

  /** What was written here since the last call, as one update; null where nothing was. */
  takeWritten(): Written | null {
    const parts = this.#written.splice(0)
    const [first, ...others] = parts
    if (first === undefined) return null
    const bytes = others.length === 0 ? first : Y.mergeUpdates(parts)
    const freed = this.#freed
    this.#freed = 0
    return { bytes, freed, clientId: this.clientId, changes: this.#takeChanges() }
  }

  /**
   * Has a thread put together what was written so far. `takeWritten` does that at once, which takes long after many
   * writes.
   */
  async joinWritten(join: (parts: readonly Uint8Array[]) => Promise<Uint8Array>): Promise<void> {
    const parts = this.#written.splice(0)
    if (parts.length > 0) this.#written.unshift(await join(parts))
  }

  /** Counts what `takeWritten` gave as the log's next update, now that it is committed. */
  advance(written: Written): void {
    this.#advance(written.bytes)
  }

  /** Whether something was written that `takeWritten` has not given yet. */
  get isTouched(): boolean {
    return this.#written.length > 0
  }

  /** Whether something in it waits for what has not come yet. */
  get hasPending(): boolean {
    return hasPending(this.#doc)
  }

  /** Forgets what waits, if the log is not to blame for it. */
  dropPending(): void {
    dropPending(this.#doc)
  }

  /** The Yjs client id it writes with. */
  get clientId(): number {
    return this.#doc.clientID
  }

  /** Writes on with a client id under which the log holds everything ever committed. */
  writeAs(clientId: number): void {
    this.#doc.clientID = clientId
  }

  get write(): QuestDocument['write'] {
    return this.#document.write
  }

  record(table: TableName, id: string): FoldedRecord | undefined {
    return this.#document.record(table, id)
  }

  /** A record's fields, those of one that lacks what its table requires included. */
  fields(table: TableName, id: string): FoldedRecord | undefined {
    return this.#document.fields(table, id)
  }

  ids(table: TableName): Iterable<string> {
    return this.#document.ids(table)
  }

  /** The text of a quest's notes. */
  note(questId: string): string {
    // Asking Yjs for a note that nobody wrote would make one.
    return this.#doc.share.has(NOTE_PREFIX + questId) ? this.#text(questId).toString() : ''
  }

  /** Sets a note by the smallest edit. */
  setNote(questId: string, text: string): void {
    const wanted = text.toWellFormed()
    if (this.note(questId) !== wanted) this.#doc.transact(() => editText(this.#text(questId), wanted))
  }

  /** Sets notes by quest, each by the smallest edit, as one transaction. */
  setNotes(notes: Iterable<readonly [questId: string, text: string]>): void {
    this.#doc.transact(() => {
      for (const [questId, text] of notes) this.setNote(questId, text)
    })
  }

  destroy(): void {
    this.state.destroy()
    this.#document.destroy()
    this.#doc.destroy()
  }

  #text(questId: string): Y.Text {
    return this.#document.note(questId as QuestId)
  }

  #follow(): void {
    for (const table of TABLE_NAMES) {
      const known = new Map<string, FoldedRecord>()
      this.#document.visit(table, (id, record) => known.set(id, record))
      this.#known.set(table, known)
    }
    for (const [name, root] of this.#doc.share) {
      // Asking for the text would walk it; its length is kept by Yjs.
      if (name.startsWith(NOTE_PREFIX) && root._length > 0) {
        this.#noteLengths.set(name.slice(NOTE_PREFIX.length), root._length)
      }
    }
    this.#document.onChange((changed) => {
      for (const [table, ids] of changed) {
        const all = this.#changed.get(table) ?? new Set()
        for (const id of ids) all.add(id)
        this.#changed.set(table, all)
      }
    })
    this.#doc.on('afterTransaction', (transaction: Y.Transaction) => {
      this.#hearNotes(transaction)
      // What is deleted is collected right after this.
      if (transaction.local) this.#freed += contentBytes(this.#doc, deletedBefore(transaction))
    })
    this.#doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (transaction.local) this.#written.push(update)
    })
  }

  #hearNotes(transaction: Y.Transaction): void {
    for (const type of transaction.changed.keys()) {
      const name = rootName(type)
      if (name?.startsWith(NOTE_PREFIX)) this.#changedNotes.add(name.slice(NOTE_PREFIX.length))
    }
  }

  #advance(bytes: Uint8Array): void {
    const heap = heapOfUpdate(bytes)
    this.seq += 1
    this.bytes += bytes.length
    this.heapBytes += heap
    this.#onGrown(heap)
  }

  #takeChanges(): ReplicaChanges {
    const records: RecordChange[] = []
    for (const [table, ids] of this.#changed) {
      const known = this.#known.get(table) ?? new Map<string, FoldedRecord>()
      for (const id of ids) {
        const before = known.get(id)
        const after = this.#document.record(table, id)
        // Several writes become one update: what they come to may be what was there before.
        if (before === after || (before && after && isSameRecord(before, after))) continue
        if (after === undefined) known.delete(id)
        else known.set(id, after)
        records.push({ table, id, before, after })
      }
    }
    this.#changed.clear()
    const notes = new Map<string, NoteChange>()
    for (const id of this.#changedNotes) {
      const after = this.#doc.share.get(NOTE_PREFIX + id)?._length ?? 0
      notes.set(id, { before: this.#noteLengths.get(id) ?? 0, after })
      if (after === 0) this.#noteLengths.delete(id)
      else this.#noteLengths.set(id, after)
    }
    this.#changedNotes.clear()
    return { records, notes }
  }
}

/** The ranges that a transaction deletes of what was there before it. */
function* deletedBefore({ deleteSet, beforeState }: Y.Transaction): IterableIterator<DeletedRange> {
  for (const [client, ranges] of deleteSet.clients) {
    const known = beforeState.get(client) ?? 0
    for (const { clock, len } of ranges)
      if (clock < known) yield { client, clock, length: Math.min(len, known - clock) }
  }
}
