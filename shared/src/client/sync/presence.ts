import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'

/**
 * A device's presence in a document, under a random id of its own. Others learn the client id it writes with only from
 * its first write, which claims that id. The editor compares ids with `awareness.doc`, which is no real document.
 */
export function createPresence(): Awareness {
  return new Awareness(new Y.Doc())
}

/** A presence message with the own state, and whether part of the state had to wait. */
export interface PresenceMessage {
  readonly update: Uint8Array
  readonly isHeldBack: boolean
}

/**
 * Encodes the own state for others. A caret names the ids of the characters beside it. A field is left out if it names
 * an id under which the server holds nothing, since anybody who learns such an id could write with it first.
 */
export function encodePresence(awareness: Awareness, isHeld: (client: number) => boolean): PresenceMessage {
  const { clientID } = awareness
  const fields = Object.entries(awareness.getLocalState() ?? {})
  const shown = fields.filter(([, value]) => clientsNamed(value).every(isHeld))
  const isHeldBack = shown.length < fields.length
  const states = isHeldBack ? new Map([[clientID, Object.fromEntries(shown)]]) : awareness.states
  return { update: encodeAwarenessUpdate(awareness, [clientID], states), isHeldBack }
}

function clientsNamed(value: unknown): readonly number[] {
  if (typeof value !== 'object' || value === null) return []
  const { client } = value as { readonly client?: unknown }
  return [...(typeof client === 'number' ? [client] : []), ...Object.values(value).flatMap(clientsNamed)]
}
