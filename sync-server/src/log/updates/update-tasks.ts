import type { Room } from '@questlog/shared/store/split/slice-struct'
import { splitUpdate } from '@questlog/shared/store/split/split-update'
import * as Y from 'yjs'
import { documentTask } from '../thread/document-task.ts'
import { heapOfUpdate } from './document-heap.ts'

/** Puts updates together as one. */
export function mergeUpdates(updates: readonly Uint8Array[]): Uint8Array {
  return Y.mergeUpdates([...updates])
}

/** Bytes of heap of what updates hold. */
export function heapOfUpdates(updates: readonly Uint8Array[]): number {
  return updates.reduce((sum, update) => sum + heapOfUpdate(update), 0)
}

/** An update in pieces that can be taken one by one. */
export function cutUpdate(update: Uint8Array, piece: Room): readonly Uint8Array[] {
  return Array.from(splitUpdate(update, piece), (part) => part.update)
}

/** `mergeUpdates` in a thread. */
export const mergeTask = documentTask(import.meta.url, mergeUpdates)
/** `heapOfUpdates` in a thread. */
export const heapTask = documentTask(import.meta.url, heapOfUpdates)
/** `cutUpdate` in a thread. */
export const cutTask = documentTask(import.meta.url, cutUpdate)
