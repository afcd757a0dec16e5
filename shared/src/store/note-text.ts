import * as Y from 'yjs'
import { NOTE_PREFIX } from './note-stream.ts'

/** The note roots of a document by name, in the order of the names. */
export function noteRoots(doc: Y.Doc): readonly string[] {
  return [...doc.share.keys()].filter((name) => name.startsWith(NOTE_PREFIX)).sort()
}

/** The elements of a root in their order, those deleted included; none where the document has no such root. */
export function* itemsOf(doc: Y.Doc, root: string): IterableIterator<Y.Item> {
  for (let item = doc.share.get(root)?._start ?? null; item !== null; item = item.right) yield item
}

/** The text that an element shows; empty where it is deleted or no text. */
export function shownText(item: Y.Item): string {
  return !item.deleted && item.content instanceof Y.ContentString ? item.content.str : ''
}

/** The text that a note shows. */
export function noteText(doc: Y.Doc, root: string): string {
  let text = ''
  for (const item of itemsOf(doc, root)) text += shownText(item)
  return text
}

/** Puts a text at the end of a note, on a line of its own. */
export function appendText(doc: Y.Doc, root: string, shown: string, text: string): void {
  const type = doc.getText(root)
  type.insert(type.length, shown === '' || shown.endsWith('\n') ? text : `\n${text}`)
}
