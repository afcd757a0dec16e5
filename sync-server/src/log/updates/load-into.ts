import '@questlog/shared/store/lean-yjs'
import * as Y from 'yjs'
import type { LoggedDocument } from '../update-log.ts'
import { nextTurn } from './pieces.ts'

/** Bytes taken in without letting other work run; or one update, if that is larger. */
const BYTES_PER_TURN = 128 * 1024
const UPDATES_PER_TURN = 500

/** Cuts an update so that none of its pieces holds up other work for long. */
export type Cut = (update: Uint8Array) => Promise<readonly Uint8Array[]>

/** Builds a document from its snapshot and log tail, letting other work run between pieces of them. */
export async function loadInto(doc: Y.Doc, { snapshot, tail }: LoggedDocument, cut: Cut): Promise<void> {
  const origin = { source: 'local', skipStoreHooks: true }
  let turn: Uint8Array[] = []
  let bytes = 0
  const takeIn = async (): Promise<void> => {
    const updates = turn
    turn = []
    bytes = 0
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update, origin)
    }, origin)
    await nextTurn()
  }
  for (const update of [...(snapshot === null ? [] : [snapshot]), ...tail.map((row) => row.bytes)]) {
    for (const piece of await cut(update)) {
      if (turn.length === UPDATES_PER_TURN || (turn.length > 0 && bytes + piece.length > BYTES_PER_TURN)) await takeIn()
      turn.push(piece)
      bytes += piece.length
    }
  }
  if (turn.length > 0) await takeIn()
}
