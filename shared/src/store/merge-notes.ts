import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { isRebased } from './epoch-clients.ts'
import { MERGED_CLIENT, type NoteRun, NoteStreams } from './note-stream.ts'
import { appendText, noteRoots, noteText } from './note-text.ts'

const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40

/** Takes the notes of another document into that of a transaction; how many changed. */
export type MergeNotes = (transaction: Y.Transaction, other: Y.Doc) => number

/**
 * Takes in the notes of a document that does not sync with this one (R13). If either was begun by a rebase, the old
 * characters are no longer known: a note that does not show the other's text gets it at its end.
 */
export const mergeNotes: MergeNotes = (transaction, other) => {
  const { doc } = transaction
  if (isRebased(doc) || isRebased(other)) return mergeNoteTexts(transaction, other)
  const update = notesUpdate(other, doc)
  return update === null ? 0 : applyNotes(transaction, update)
}

/** Applies an update of notes within a transaction; how many notes it changed. */
export function applyNotes(transaction: Y.Transaction, update: Uint8Array): number {
  const before = new Set(transaction.changed.keys())
  Y.applyUpdate(transaction.doc, update)
  // `applyUpdate` marks the transaction as remote; Yjs would then take our own entries in it for a stranger's.
  transaction.local = true
  return [...transaction.changed.keys()].filter((type) => !before.has(type)).length
}

/**
 * Takes in the notes of a document as whole texts. Also for copies of one document that have different characters under
 * the same ids, so that the ids say nothing (R34).
 */
export const mergeNoteTexts: MergeNotes = ({ doc }, other) => {
  let changed = 0
  for (const root of noteRoots(other)) {
    const [shown, text] = [noteText(doc, root), noteText(other, root)]
    if (shown.includes(text)) continue
    appendText(doc, root, shown, text)
    changed += 1
  }
  return changed
}

/**
 * The note texts of one document as a Yjs update (V1) for another that does not sync with it: characters keep
 * their identity under derived client ids, so merging again, from another replica, back again or by way of
 * a third document neither doubles nor revives text. Null where there is nothing to say.
 */
export function notesUpdate(from: Y.Doc, into: Y.Doc): Uint8Array | null {
  const source = new NoteStreams(from)
  const target = new NoteStreams(into)
  const writers = [...source.writers()].sort((a, b) => b - a)
  if (writers.length === 0) return null
  const encoder = new Y.UpdateEncoderV1()
  const streams = writers
    .map((writer) => ({ writer, runs: newRuns(source.runs(writer), target.nativeCount(writer)) }))
    .filter((stream) => stream.runs.length > 0)
  encoding.writeVarUint(encoder.restEncoder, streams.length)
  for (const { writer, runs } of streams) writeStream(encoder, source, target, writer, runs)
  writeDeletions(encoder, source, target, writers)
  return encoder.toUint8Array()
}

/** The runs that are not in the target under their writer's own id. */
function newRuns(runs: readonly NoteRun[], known: number): readonly NoteRun[] {
  return runs.filter((run) => run.index + run.item.length > known)
}

function writeStream(
  encoder: Y.UpdateEncoderV1,
  source: NoteStreams,
  target: NoteStreams,
  writer: number,
  runs: readonly NoteRun[],
): void {
  const structs: (() => void)[] = []
  let next = 0
  const known = target.nativeCount(writer)
  for (const run of runs) {
    const offset = Math.max(known - run.index, 0)
    const start = run.index + offset
    const gap = start - next
    // What the target holds under the writer's own id leaves a hole in the derived one's clocks.
    if (gap > 0) structs.push(() => writeGap(encoder, gap))
    structs.push(() => writeRun(encoder, source, target, writer, run, offset))
    next = run.index + run.item.length
  }
  encoding.writeVarUint(encoder.restEncoder, structs.length)
  encoder.writeClient(writer + MERGED_CLIENT)
  encoding.writeVarUint(encoder.restEncoder, 0)
  for (const write of structs) write()
}

function writeGap(encoder: Y.UpdateEncoderV1, length: number): void {
  encoder.writeInfo(0)
  encoder.writeLen(length)
}

function writeRun(
  encoder: Y.UpdateEncoderV1,
  source: NoteStreams,
  target: NoteStreams,
  writer: number,
  run: NoteRun,
  offset: number,
): void {
  const { item } = run
  const translate = (id: Y.ID | null): Y.ID | null => {
    const place = id === null ? null : source.numberOf(id)
    return place === null ? null : target.idOf(place.writer, place.index)
  }
  const origin = offset > 0 ? target.idOf(writer, run.index + offset - 1) : translate(item.origin)
  const rightOrigin = translate(item.rightOrigin)
  const isPlain = !item.deleted && !(item.content instanceof Y.ContentType)
  const content = isPlain ? item.content : new Y.ContentDeleted(item.length)
  encoder.writeInfo(content.getRef() | (origin ? HAS_ORIGIN : 0) | (rightOrigin ? HAS_RIGHT_ORIGIN : 0))
  if (origin) encoder.writeLeftID(origin)
  if (rightOrigin) encoder.writeRightID(rightOrigin)
  if (!origin && !rightOrigin) {
    encoder.writeParentInfo(true)
    encoder.writeString(run.root)
  }
  content.write(encoder, offset)
}

function writeDeletions(
  encoder: Y.UpdateEncoderV1,
  source: NoteStreams,
  target: NoteStreams,
  writers: readonly number[],
): void {
  const rangesByClient = new Map<number, { clock: number; length: number }[]>()
  for (const writer of writers) {
    for (const run of source.runs(writer)) {
      if (!run.item.deleted) continue
      for (let offset = 0; offset < run.item.length; offset += 1) {
        const { client, clock } = target.idOf(writer, run.index + offset)
        const ranges = rangesByClient.get(client) ?? []
        rangesByClient.set(client, ranges)
        const last = ranges.at(-1)
        if (last !== undefined && last.clock + last.length === clock) last.length += 1
        else ranges.push({ clock, length: 1 })
      }
    }
  }
  encoding.writeVarUint(encoder.restEncoder, rangesByClient.size)
  for (const [client, ranges] of rangesByClient) {
    encoding.writeVarUint(encoder.restEncoder, client)
    encoding.writeVarUint(encoder.restEncoder, ranges.length)
    for (const range of ranges) {
      encoder.writeDsClock(range.clock)
      encoder.writeDsLen(range.length)
    }
  }
}
