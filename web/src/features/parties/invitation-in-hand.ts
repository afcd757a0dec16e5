const storageKey = 'questlog.invitation'

/** Takes the token out of the address, where it would stay in the history, and keeps it for this tab. */
export function takeInvitation(): string | null {
  const token = decodeHash(location.hash)
  if (token === null) return invitationInHand()
  try {
    sessionStorage.setItem(storageKey, token)
    history.replaceState(history.state, '', '/join')
  } catch {
    // Storage is forbidden: the token stays in the address, and signing in needs the link once more.
  }
  return token
}

/** The invitation this tab was opened with and that is not answered yet. */
export function invitationInHand(): string | null {
  try {
    return sessionStorage.getItem(storageKey)
  } catch {
    return null
  }
}

/** Forgets the invitation: it is accepted, or the person wants to go on without. */
export function dropInvitation(): void {
  try {
    sessionStorage.removeItem(storageKey)
  } catch {
    // Nothing was kept.
  }
}

function decodeHash(hash: string): string | null {
  try {
    return hash.length > 1 ? decodeURIComponent(hash.slice(1)) : null
  } catch {
    return null
  }
}
