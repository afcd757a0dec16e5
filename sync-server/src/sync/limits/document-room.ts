import { type Entry, visitFields } from '@questlog/shared/store/entry'
import { decodeUpdate } from '../admission/decode-update.ts'
import type { Compactor } from '../compaction/compactor.ts'
import type { UpdateLog } from '../log/update-log.ts'
import type { SyncLimits } from './sync-limits.ts'

/** A document as far as its size goes. */
export interface SizedDocument {
  readonly name: string
  /** Encoded bytes of its snapshot and of every update since; those of another writer's newer snapshot may be fewer. */
  bytes: number
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
}

interface DocumentRoomDeps {
  readonly log: UpdateLog
  readonly compactor: Pick<Compactor, 'compact'>
  readonly limits: Pick<SyncLimits, 'maxDocumentBytes'>
}

/** How far beyond the bound a document is let by removals, which take room themselves until the log is compacted. */
const REMOVALS_SHARE = 1 / 4

export function createDocumentRoom({ log, compactor, limits }: DocumentRoomDeps): DocumentRoom {
  const { maxDocumentBytes } = limits

  const admitsWhenFull = async (document: SizedDocument, growth: Growth): Promise<boolean> => {
    const { update, underWay = 0 } = growth
    // What was counted along the way includes what a compaction has removed since.
    document.bytes = await log.size(document.name)
    const bytes = document.bytes + underWay + update.length
    if (bytes <= maxDocumentBytes) return true
    compactor.compact(document.name, 1)
    return (bytes <= maxDocumentBytes * (1 + REMOVALS_SHARE) && isRemoval(update)) || growth.freed() >= update.length
  }

  return {
    admits(document, growth) {
      const bytes = document.bytes + (growth.underWay ?? 0) + growth.update.length
      return bytes <= maxDocumentBytes || admitsWhenFull(document, growth)
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
