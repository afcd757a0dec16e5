import { entryFault } from '@questlog/shared/store/entry'
import { rootKind } from '@questlog/shared/store/root-names'
import { BEYOND_HELD, COUNTER_STEPS, type Stamp } from '@questlog/shared/store/stamp'
import type * as Y from 'yjs'
import type { Struct } from '../../log/updates/decode-update.ts'
import { greatestStamp, stampOf } from './greatest-stamp.ts'

/** What a document may hold, beyond what the decoder already made sure of. */
export interface ContentBounds {
  readonly nowMs: number
  readonly stampAheadMs: number
}

/** Why an update's contents are not taken. */
export type ContentFault = 'entry-shape' | 'unsafe-stamp' | 'too-large'

/**
 * UTF-16 units of a note: four times the limit on a device, which leaves room for what several devices wrote offline,
 * so that a merge never refuses one of them.
 */
export const MAX_NOTE_LENGTH = 4 * 64 * 1024

/** Checks what the structs of one update add. */
export interface ContentCheck {
  /** What is wrong with a struct in a root: entries belong to tables, text to notes. Null when all is well. */
  add(struct: Struct, root: string): ContentFault | null
  /** Whether a note grows beyond its bound with all that was added. */
  isNoteTooLong(): boolean
}

/** A table that this version does not know is let through, so that newer devices are not shut out. */
export function createContentCheck(doc: Y.Doc, { nowMs, stampAheadMs }: ContentBounds): ContentCheck {
  const newestStamp = (nowMs + stampAheadMs) * COUNTER_STEPS
  let newestBeyondHeld: Stamp | null = null
  const isTooFarAhead = (stamp: number): boolean => {
    if (stamp <= newestStamp) return false
    newestBeyondHeld ??= greatestStamp(doc) + BEYOND_HELD
    return stamp > newestBeyondHeld
  }
  const addedText = new Map<string, number>()
  return {
    add(struct, root) {
      const kind = rootKind(root)
      if (kind === null || struct.kind === (kind === 'note' ? 'entries' : 'text')) return 'entry-shape'
      if (struct.kind === 'text') addedText.set(root, (addedText.get(root) ?? 0) + struct.length)
      for (const value of struct.values ?? []) {
        const fault = entryFault(value)
        if (fault) return fault === 'stamp' ? 'unsafe-stamp' : fault === 'too-large' ? 'too-large' : 'entry-shape'
        if (isTooFarAhead(stampOf(value))) return 'unsafe-stamp'
      }
      return null
    },
    isNoteTooLong() {
      for (const [root, length] of addedText) {
        if (length + (doc.share.get(root)?._length ?? 0) > MAX_NOTE_LENGTH) return true
      }
      return false
    },
  }
}
