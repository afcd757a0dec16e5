import { entryFault } from '@questlog/shared/store/entry'
import { rootKind } from '@questlog/shared/store/root-names'
import * as Y from 'yjs'
import type { DecodedUpdate, Struct } from './decode-update.ts'
import { createRootResolver } from './resolve-root.ts'

/** What a document may hold, beyond what the decoder already made sure of. */
export interface ContentBounds {
  readonly nowMs: number
  readonly stampAheadMs: number
}

/** Why an update's contents are not taken. */
export type ContentFault = 'entry-shape' | 'unsafe-stamp' | 'too-large'

/** UTF-16 units that one update may add to one note, the size a device keeps a note to. */
export const MAX_NOTE_ADDED = 64 * 1024
/** UTF-16 units of a whole note: room for what several devices wrote offline, so that merging never refuses one of them. */
export const MAX_NOTE_LENGTH = 4 * MAX_NOTE_ADDED

const STAMPS_PER_MS = 1024

/**
 * Checks what an update adds: entries in root arrays, text in `note:` roots, stamps that lie in the past or near
 * future, and a cost of merging that cannot hold up the process. A table that this version does not know passes, so that
 * newer devices are not cut off. Null when all is well.
 */
export function checkContents(update: DecodedUpdate, doc: Y.Doc, bounds: ContentBounds): ContentFault | null {
  const roots = createRootResolver(update, doc)
  const added = new Map<string, number>()
  const branches = new Map<string, number>()
  const newestStamp = (bounds.nowMs + bounds.stampAheadMs) * STAMPS_PER_MS
  for (const run of update.runs) {
    const known = Y.getState(doc.store, run.client)
    for (const struct of run.structs) {
      if (struct.clock + struct.length <= known || struct.kind === 'skip') continue
      const root = roots.resolve(struct)
      const fault = structFault(struct, root, newestStamp)
      if (fault) return fault
      if (root === null) continue
      if (struct.kind === 'text') added.set(root, (added.get(root) ?? 0) + struct.length)
      const continues = struct.origin?.client === run.client && struct.origin.clock === struct.clock - 1
      if (!continues) branches.set(root, (branches.get(root) ?? 0) + 1)
    }
  }
  for (const [root, length] of added) {
    if (length > MAX_NOTE_ADDED || length + (doc.share.get(root)?._length ?? 0) > MAX_NOTE_LENGTH) return 'too-large'
  }
  return mergesCheaply(branches, doc) ? null : 'too-large'
}

function structFault(struct: Struct, root: string | null, newestStamp: number): ContentFault | null {
  if (root !== null) {
    const kind = rootKind(root)
    if (kind === null) return 'entry-shape'
    if (struct.kind === (kind === 'note' ? 'entries' : 'text')) return 'entry-shape'
  }
  for (const value of struct.values ?? []) {
    const fault = entryFault(value)
    if (fault) return fault === 'stamp' ? 'unsafe-stamp' : fault === 'too-large' ? 'too-large' : 'entry-shape'
    if (stampOf(value) > newestStamp) return 'unsafe-stamp'
  }
  return null
}

function stampOf(entry: unknown): number {
  return Array.isArray(entry) ? Number(entry[1]) : Number.NaN
}

const FREE_BRANCHES = 256
const MAX_STEPS = 50_000_000

/**
 * Yjs places an element by walking over its neighbours unless it continues its author's own run, so an update of many
 * such branches into a long list is quadratic. People make few; a frame built to stall the process needs many.
 */
function mergesCheaply(branches: ReadonlyMap<string, number>, doc: Y.Doc): boolean {
  for (const [root, count] of branches) {
    if (count <= FREE_BRANCHES) continue
    const perBranch = Math.floor(MAX_STEPS / count)
    let steps = count
    for (let item = doc.share.get(root)?._start ?? null; item !== null; item = item.right) {
      if (++steps > perBranch) return false
    }
  }
  return true
}
