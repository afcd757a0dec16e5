import type * as Y from 'yjs'
import { formatDocumentName, parseDocumentName } from '../../protocol/documents.ts'
import { type Carry, carriedAsText, carriedBy, prepareCarry } from '../../store/carry.ts'
import { isRebased } from '../../store/epoch-clients.ts'
import type { MergeNotes } from '../../store/merge-notes.ts'
import type { FetchFinal } from '../ports/fetch-final.ts'
import { MoveDelayed } from './move-delayed.ts'

export interface CarryOverDeps {
  /** The document of the old epoch, and its name. */
  readonly doc: Y.Doc
  readonly documentName: string
  readonly fetchFinal: FetchFinal
  /** Takes in the state with which the epoch ended, as the server's word. */
  readonly takeFinal: (update: Uint8Array) => void
  readonly isAcknowledged: (client: number, clock: number) => boolean
}

/** Finds how notes are carried to a document, by its name; `isJoined` tells whether it holds what the server has. */
export type FindWay = (to: string, next: Y.Doc, isJoined: boolean) => Promise<MergeNotes>

/**
 * Finds how to carry to a later document what only an old epoch's notes hold (R33). The final states are asked for
 * once. Where the server no longer keeps one, what was never acknowledged is carried as text.
 */
export function createCarryOver(deps: CarryOverDeps): FindWay {
  let known: { readonly to: string; readonly carry: Carry | null } | null = null

  const wayTo = async (to: string): Promise<Carry | null> => {
    if (known?.to === to) return known.carry
    const finals = await Promise.all(epochsBefore(deps.documentName, to).map(deps.fetchFinal)).catch(
      (cause: unknown) => {
        throw new MoveDelayed(cause)
      },
    )
    const [first] = finals
    if (first) deps.takeFinal(first)
    const held = finals.filter((final) => final !== null)
    const carry = held.length === finals.length ? prepareCarry(held) : null
    known = { to, carry }
    return carry
  }

  return async (to, next, isJoined) => {
    const carry = await wayTo(to)
    if (carry?.isStartOf(next)) return carriedBy(carry)
    // The answer to the handshake may come after the first acknowledgement.
    if (carry !== null && !(isJoined && isRebased(next))) throw new MoveDelayed('The new document is not here yet')
    return carriedAsText(deps.isAcknowledged)
  }
}

/** The names of a document in all epochs from its own to the last before another's. */
function epochsBefore(documentName: string, to: string): readonly string[] {
  const [old, next] = [parseDocumentName(documentName), parseDocumentName(to)]
  if (old === null || next === null) return []
  return Array.from({ length: Math.max(0, next.epoch - old.epoch) }, (_, hop) =>
    formatDocumentName({ ...old, epoch: old.epoch + hop }),
  )
}
