import { rootKind } from '@questlog/shared/store/root-names'
import { isSafeStamp, type Stamp } from '@questlog/shared/store/stamp'
import type * as Y from 'yjs'

/** The greatest stamp that an entry of a document bears; 0 where it has none. Walks all of them. */
export function greatestStamp(doc: Y.Doc): Stamp {
  let greatest = 0
  for (const [name, root] of doc.share) {
    if (rootKind(name) !== 'table') continue
    for (let item = root._start; item !== null; item = item.right) {
      if (item.deleted) continue
      for (const entry of item.content.getContent()) {
        const stamp = stampOf(entry)
        if (isSafeStamp(stamp) && stamp > greatest) greatest = stamp
      }
    }
  }
  return greatest
}

/** What stands where an entry has its stamp. */
export function stampOf(entry: unknown): number {
  return Array.isArray(entry) ? Number(entry[1]) : Number.NaN
}
