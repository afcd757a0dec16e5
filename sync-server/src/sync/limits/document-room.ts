import { type Entry, visitFields } from '@questlog/shared/store/entry'
import type { UpdateLog } from '../../log/update-log.ts'
import { decodeUpdate } from '../../log/updates/decode-update.ts'
import { heapOfUpdate, MOST_HEAP_PER_BYTE } from '../../log/updates/document-heap.ts'
import { createAppendBudget } from './append-budget.ts'
import type { SyncLimits } from './sync-limits.ts'

/** A document as far as its size goes. */
export interface SizedDocument {
  readonly name: string
  /** Encoded bytes of its snapshot and of every update since; those of another writer's newer snapshot may be fewer. */
  bytes: number
  /** Bytes of heap that it takes, as estimated. */
  readonly heapBytes: number
}

/** An update that is about to be appended. */
export interface Growth {
  readonly update: Uint8Array
  /** Encoded bytes of other updates on their way to the log. */
  readonly underWay?: number
  /** Encoded bytes of the contents that it deletes; asked for only where the document is full. */
  readonly freed: () => number
}

/** Keeps documents within their bound. Every writer asks before it appends. */
export interface DocumentRoom {
  /**
   * Whether a document may take an update: `true` at once while there is room. A full one takes what frees as much as it
   * adds, and for a while longer what removes, clears or puts into the Trash, so that there is always a way to make room.
   * What other processes are appending at this moment is not counted. Rejects when the log does not answer.
   */
  admits(document: SizedDocument, growth: Growth): true | Promise<boolean>
  /** Counts what somebody is about to append; false where it is more than people write, and then nothing is counted. */
  takeDisk(userId: string, document: string, bytes: number): boolean
  stop(): void
}

interface DocumentRoomDeps {
  readonly log: UpdateLog
  /** Shortens a log in which so many updates follow its snapshot. */
  readonly compactor: { compact(document: string, updates?: number): void }
  readonly limits: Pick<SyncLimits, 'maxDocumentBytes' | 'documentHeapBytes' | 'appendDailyBytes'>
  readonly monotonicMs: () => number
}

/** How far beyond the bound a document is let by removals, which take room themselves until the log is compacted. */
const REMOVALS_SHARE = 1 / 4

export function createDocumentRoom({ log, compactor, limits, monotonicMs }: DocumentRoomDeps): DocumentRoom {
  const { maxDocumentBytes, documentHeapBytes, appendDailyBytes } = limits
  const appendBurstBytes = maxDocumentBytes + appendDailyBytes
  const disk = createAppendBudget({ limits: { appendBurstBytes, appendDailyBytes }, monotonicMs })

  /** The fuller of its two measures, 1 where it is full. */
  const fullness = ({ bytes, heapBytes }: SizedDocument, { update, underWay = 0 }: Growth): number =>
    Math.max(
      (bytes + underWay + update.length) / maxDocumentBytes,
      (heapBytes + heapOfUpdate(update)) / documentHeapBytes,
    )

  const admitsWhenFull = async (document: SizedDocument, growth: Growth): Promise<boolean> => {
    const { update } = growth
    // What was counted along the way includes what a compaction has removed since.
    document.bytes = await log.size(document.name)
    const full = fullness(document, growth)
    if (full <= 1) return true
    compactor.compact(document.name, 1)
    return (full <= 1 + REMOVALS_SHARE && isRemoval(update)) || growth.freed() >= update.length
  }

  return {
    takeDisk: disk.take,
    stop: disk.stop,
    admits(document, growth) {
      const bytes = document.bytes + (growth.underWay ?? 0) + growth.update.length
      const mostHeap = document.heapBytes + growth.update.length * MOST_HEAP_PER_BYTE
      if (bytes <= maxDocumentBytes && mostHeap <= documentHeapBytes) return true
      return fullness(document, growth) <= 1 || admitsWhenFull(document, growth)
    },
  }
}

/** Whether an update adds nothing but cleared fields and marks of the Trash, besides fields carried over in entries. */
function isRemoval(update: Uint8Array): boolean {
  const structs = decodeUpdate(update).runs.flatMap((run) => run.structs)
  return structs.every(({ kind, values }) => kind !== 'text' && (values ?? []).every(isRemovalEntry))
}

function isRemovalEntry(value: unknown): boolean {
  const entry = value as Entry
  let removes = true
  visitFields(entry, (path, stamp) => {
    if (stamp === entry[1] && path !== 'deletedAt' && entry[2][path] !== null) removes = false
  })
  return removes
}
