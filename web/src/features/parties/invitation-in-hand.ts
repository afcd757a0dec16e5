import type { KeyValue } from '@questlog/shared/client/ports/key-value'

const storageKey = 'questlog.invitation'

/** Takes the token out of the address, where it would stay in the history, and keeps it for this tab. */
export function takeInvitation(memory: KeyValue): string | null {
  const token = decodeHash(location.hash)
  if (token === null) return invitationInHand(memory)
  // Where storage is forbidden the token stays in the address, and signing in needs the link once more.
  if (memory.write(storageKey, token)) history.replaceState(history.state, '', '/join')
  return token
}

/** The invitation this tab was opened with and that is not answered yet. */
export function invitationInHand(memory: KeyValue): string | null {
  return memory.read(storageKey)
}

/** Forgets the invitation: it is accepted, or the person wants to go on without. */
export function dropInvitation(memory: KeyValue): void {
  memory.remove(storageKey)
}

function decodeHash(hash: string): string | null {
  try {
    return hash.length > 1 ? decodeURIComponent(hash.slice(1)) : null
  } catch {
    return null
  }
}
