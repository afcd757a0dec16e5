import { type Awareness, applyAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness'
import { encodePresence } from './presence.ts'

export interface SessionPresenceDeps {
  readonly awareness: Awareness
  /** The origin of what came from the server. */
  readonly serverOrigin: object
  /** Whether the server holds anything that was written under a client id. */
  readonly isHeld: (client: number) => boolean
  readonly send: (update: Uint8Array) => void
}

/** Presence over one session: sends the own state to others, and takes in theirs. */
export interface SessionPresence {
  start(): void
  /** Takes in what the server says of others. */
  hear(update: Uint8Array): void
  /** Sends the own state, since somebody asked for it. */
  tell(): void
  /** The server acknowledged something: the document is open, and what was held back may be sent. */
  acknowledged(): void
  /** Sent again, it is echoed to everyone: a sign of life of the server. */
  nudge(): void
  /** Forgets the others: they are there only while the session is. */
  stop(): void
}

/** Says nothing before `start`. */
export function createSessionPresence({ awareness, serverOrigin, ...deps }: SessionPresenceDeps): SessionPresence {
  let hasPresented = false
  let isHeldBack = false

  const tell = () => {
    const message = encodePresence(awareness, deps.isHeld)
    isHeldBack = message.isHeldBack
    deps.send(message.update)
  }

  const onUpdate = ({ added, updated, removed }: AwarenessChange, origin: unknown) => {
    // Others' presence is theirs to send.
    const isOwn = [...added, ...updated, ...removed].includes(awareness.clientID)
    if (origin !== serverOrigin && isOwn) tell()
  }

  return {
    start: () => awareness.on('update', onUpdate),
    hear: (update) => applyAwarenessUpdate(awareness, update, serverOrigin),
    tell,
    acknowledged() {
      // Before the document is open the server drops presence.
      if (hasPresented && !isHeldBack) return
      hasPresented = true
      const state = awareness.getLocalState()
      // Setting the state again raises its clock: the server ignores a clock it knows, even after it forgot the state.
      if (state !== null) awareness.setLocalState(state)
    },
    nudge: () => awareness.setLocalState(awareness.getLocalState() ?? {}),
    stop() {
      awareness.off('update', onUpdate)
      const others = [...awareness.getStates().keys()].filter((client) => client !== awareness.clientID)
      removeAwarenessStates(awareness, others, serverOrigin)
      // Else those still there when this device returns would be ignored until they change.
      for (const client of others) awareness.meta.delete(client)
    },
  }
}

interface AwarenessChange {
  readonly added: readonly number[]
  readonly updated: readonly number[]
  readonly removed: readonly number[]
}
