import { entryFault } from '@questlog/shared/store/entry'
import { rootKind } from '@questlog/shared/store/root-names'
import type * as Y from 'yjs'
import type { Struct } from './decode-update.ts'

/** What a document may hold, beyond what the decoder already made sure of. */
export interface ContentBounds {
  readonly nowMs: number
  readonly stampAheadMs: number
}

/** Why an update's contents are not taken. */
export type ContentFault = 'entry-shape' | 'unsafe-stamp' | 'too-large'

/**
 * UTF-16 units of a note: four times what a device keeps one to, which is room for what several devices wrote offline, so
 * that merging never refuses one of them.
 */
export const MAX_NOTE_LENGTH = 4 * 64 * 1024

const STAMPS_PER_MS = 1024

/** Checks what the structs of one update add. */
export interface ContentCheck {
  /** What is wrong with a struct in a root: entries belong to tables, text to notes. Null when all is well. */
  add(struct: Struct, root: string): ContentFault | null
  /** Whether a note grows beyond its bound with all that was added. */
  isNoteTooLong(doc: Y.Doc): boolean
}

/** A table that this version does not know passes, so that newer devices are not cut off. */
export function createContentCheck({ nowMs, stampAheadMs }: ContentBounds): ContentCheck {
  const newestStamp = (nowMs + stampAheadMs) * STAMPS_PER_MS
  const addedText = new Map<string, number>()
  return {
    add(struct, root) {
      const kind = rootKind(root)
      if (kind === null || struct.kind === (kind === 'note' ? 'entries' : 'text')) return 'entry-shape'
      if (struct.kind === 'text') addedText.set(root, (addedText.get(root) ?? 0) + struct.length)
      for (const value of struct.values ?? []) {
        const fault = entryFault(value)
        if (fault) return fault === 'stamp' ? 'unsafe-stamp' : fault === 'too-large' ? 'too-large' : 'entry-shape'
        if (stampOf(value) > newestStamp) return 'unsafe-stamp'
      }
      return null
    },
    isNoteTooLong(doc) {
      for (const [root, length] of addedText) {
        if (length + (doc.share.get(root)?._length ?? 0) > MAX_NOTE_LENGTH) return true
      }
      return false
    },
  }
}

function stampOf(entry: unknown): number {
  return Array.isArray(entry) ? Number(entry[1]) : Number.NaN
}
