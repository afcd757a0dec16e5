import type { Room } from '@questlog/shared/store/split/slice-struct'
import { type DocumentThread, ThreadFailure } from '../thread/document-thread.ts'
import type { LoggedDocument } from '../update-log.ts'
import { heapOfLogged } from './document-heap.ts'
import { cutTask, heapTask } from './update-tasks.ts'
import { yjsCosts } from './yjs-costs.ts'

/** How long others may have to wait for one update. */
const MOST_NS = 50_000_000
/** For a deleted range in a list of some ten thousand, the most work that a byte can make. */
const RANGE_BYTES = 4
/** A longer update is cut. */
const WHOLE_BYTES = (MOST_NS / yjsCosts.deletedRange) * RANGE_BYTES

/** An upper bound: about 25 KB of entries, and never more than some thousand structs or ranges. */
const PIECE: Room = { bytes: 64 * 1024, text: 16 * 1024 }

/** Whether an update is short enough to be taken whole. */
export function isPiece(update: Uint8Array): boolean {
  return update.length <= WHOLE_BYTES
}

/**
 * An update in pieces that can be taken one by one, with other work between them: none builds on a later one, and all
 * together they are the update. A short one is a piece itself; a long one is cut by the thread.
 */
export async function piecesOf(
  update: Uint8Array,
  thread: Pick<DocumentThread, 'run'>,
): Promise<readonly Uint8Array[]> {
  return isPiece(update) ? [update] : thread.run(cutTask, update, PIECE)
}

/** The same of an update that must be taken in, cut or not. */
export async function piecesOfLogged(
  update: Uint8Array,
  thread: Pick<DocumentThread, 'run'>,
): Promise<readonly Uint8Array[]> {
  try {
    return await piecesOf(update, thread)
  } catch (error) {
    if (error instanceof ThreadFailure) return [update]
    throw error
  }
}

/** Bytes of heap of what a log holds. Counting takes longer than others may have to wait, so a thread does it. */
export async function heapOfLarge(logged: LoggedDocument, thread: Pick<DocumentThread, 'run'>): Promise<number> {
  const { snapshot, tail } = logged
  const parts = [...(snapshot === null ? [] : [snapshot]), ...tail.map(({ bytes }) => bytes)]
  if (parts.reduce((sum, part) => sum + part.length, 0) <= WHOLE_BYTES) return heapOfLogged(logged)
  try {
    return await thread.run(heapTask, parts)
  } catch (error) {
    if (error instanceof ThreadFailure) return heapOfLogged(logged)
    throw error
  }
}

/** Lets other work of the event loop run. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
