import './lean-yjs.ts'
import * as Y from 'yjs'
import { carryNotes } from './carry-notes.ts'
import { FlatNotes } from './flat-notes.ts'
import { applyNotes, type MergeNotes } from './merge-notes.ts'
import { appendText, itemsOf, noteRoots, noteText, shownText } from './note-text.ts'

/** The way from an epoch to a later one, by the final states between. */
export interface Carry {
  /** Whether a document of the later epoch holds what that epoch began with. False if it began with something else. */
  isStartOf(next: Y.Doc): boolean
  /** What only the old document holds of its notes, for the later epoch; it must hold its epoch's final state. */
  notes(old: Y.Doc): Uint8Array
}

/**
 * Prepares to carry notes over one epoch or several, given the final state of each epoch but the last, in order. Null
 * if these do not follow from one another.
 */
export function prepareCarry(finals: readonly Uint8Array[]): Carry | null {
  const docs = finals.map(documentOf)
  const flat = docs.map((doc) => new FlatNotes(doc))
  const isWay = docs.every((doc, hop) => hop === 0 || flat[hop - 1]?.isStartOf(doc) === true)
  for (const doc of docs) doc.destroy()
  if (!isWay || flat.length === 0) return null
  return {
    isStartOf: (next) => flat.at(-1)?.isStartOf(next) === true,
    notes(old) {
      let update = new Uint8Array()
      let from = old
      for (const [hop, notes] of flat.entries()) {
        const final = finals[hop]
        if (hop > 0 && final !== undefined) {
          from = documentOf(final)
          Y.applyUpdate(from, update)
        }
        update = Uint8Array.from(carryNotes(from, notes))
        if (from !== old) from.destroy()
      }
      return update
    },
  }
}

/** Carries notes by the final states; the document they go to must hold what its epoch began with. */
export function carriedBy(carry: Carry): MergeNotes {
  return (transaction, old) => applyNotes(transaction, carry.notes(old))
}

/**
 * Carries notes where a final state is lost. The old document may hold text of a note that the server never
 * acknowledged and that the new document does not show: the note gets it at its end.
 */
export function carriedAsText(isSent: (client: number, clock: number) => boolean): MergeNotes {
  return ({ doc }, old) => {
    let changed = 0
    for (const root of noteRoots(old)) {
      const unsent = unsentText(old, root, isSent)
      const text = noteText(doc, root)
      // What the new document shows was sent, and only the acknowledgement never came.
      if (unsent === '' || text.includes(noteText(old, root)) || text.includes(unsent)) continue
      appendText(doc, root, text, unsent)
      changed += 1
    }
    return changed
  }
}

function unsentText(old: Y.Doc, root: string, isSent: (client: number, clock: number) => boolean): string {
  let unsent = ''
  for (const item of itemsOf(old, root)) {
    const text = shownText(item)
    const { client, clock } = item.id
    // Clocks are acknowledged up to one.
    let from = 0
    while (from < text.length && isSent(client, clock + from)) from += 1
    unsent += text.slice(from)
  }
  return unsent
}

function documentOf(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc({ gc: true })
  Y.applyUpdate(doc, update)
  return doc
}
