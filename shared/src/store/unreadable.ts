import * as Y from 'yjs'
import { collectElement, removeElement } from './element-list.ts'
import { entryFault } from './entry.ts'
import { jsonSize } from './json-value.ts'
import { rootKind } from './root-names.ts'
import { rootName } from './yjs-root-names.ts'

/** Something in a document that is neither an entry of a table nor text of a note, so that no server takes it. */
export interface UnreadableElement {
  /** The root type it is in. */
  readonly root: string
  /** Its Yjs id. */
  readonly client: number
  readonly clock: number
  /** As JSON; what JSON has no word for as the nearest there is. */
  readonly value: unknown
}

/** Whether the server is known to hold an element; if it holds one, it holds all before it of that client. */
export type IsSent = (client: number, clock: number) => boolean

/**
 * Finds what cannot be read among that which was never sent, in the roots a server knows. In others, and under keys,
 * a server does not take what is deleted either. Costs no more than what was never sent.
 */
export function findUnreadable(doc: Y.Doc, isSent: IsSent): UnreadableElement[] {
  const found: UnreadableElement[] = []
  for (const [client, structs] of doc.store.clients) {
    for (let index = structs.length - 1; index >= 0; index -= 1) {
      const item = structs[index]
      if (item === undefined || isSent(client, item.id.clock + item.length - 1)) break
      const root = item instanceof Y.Item && !item.deleted && item.parent !== null ? rootName(item.parent) : null
      if (root === null || !(item instanceof Y.Item)) continue
      for (const [offset, value] of unreadableIn(item, root)) {
        const clock = item.id.clock + offset
        if (!isSent(client, clock)) found.push({ root, client, clock, value: jsonOf(value) })
      }
    }
  }
  return found
}

/** Removes elements in one transaction; what they held is then nowhere in the document. */
export function removeUnreadable(doc: Y.Doc, elements: readonly UnreadableElement[]): void {
  doc.transact((transaction) => {
    for (const { client, clock } of elements) removeElement(transaction, client, clock)
  })
  if (!doc.gc) for (const { client, clock } of elements) collectElement(doc, client, clock)
}

function* unreadableIn(item: Y.Item, root: string): Generator<readonly [offset: number, value: unknown]> {
  const { content } = item
  const kind = rootKind(root)
  if (kind === null || item.parentSub !== null || (kind === 'note' && content instanceof Y.ContentString)) return
  const mayBeEntries = kind === 'table' && (content instanceof Y.ContentJSON || content instanceof Y.ContentAny)
  const values = content instanceof Y.ContentType ? [content.type.toJSON()] : content.getContent()
  for (let offset = 0; offset < item.length; offset += 1) {
    const value: unknown = values[offset]
    if (!mayBeEntries || !isSendableEntry(value)) yield [offset, value]
  }
}

function isSendableEntry(value: unknown): boolean {
  return entryFault(value) === null && Array.isArray(value) && value.slice(4).every((element) => jsonSize(element) >= 0)
}

function jsonOf(value: unknown): unknown {
  const text = JSON.stringify(value ?? null, (_key, part: unknown) => {
    if (typeof part === 'bigint') return String(part)
    return part instanceof Uint8Array ? [...part] : part
  })
  return JSON.parse(text)
}
