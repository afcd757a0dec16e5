const prefix = 'questlog.typed/'
/** For where the browser keeps nothing. */
const typedHere = new Map<string, string>()

/** What is half typed into the field of a log that adds quests to a place; this tab keeps it, over a reload too. */
export function halfTyped(logId: string, place: string): string {
  const key = keyOf(logId, place)
  try {
    return sessionStorage.getItem(key) ?? typedHere.get(key) ?? ''
  } catch {
    return typedHere.get(key) ?? ''
  }
}

/** Keeps what is half typed; nothing when it is empty. */
export function keepHalfTyped(logId: string, place: string, text: string): void {
  const key = keyOf(logId, place)
  typedHere.set(key, text)
  try {
    if (text === '') sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, text)
  } catch {
    // Storage is forbidden or full: it is kept for as long as the page lives.
  }
}

/** Forgets what was half typed in a log that this device removes. */
export function forgetHalfTyped(logId: string): void {
  const ofLog = keyOf(logId, '')
  for (const key of typedHere.keys()) if (key.startsWith(ofLog)) typedHere.delete(key)
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(ofLog)) sessionStorage.removeItem(key)
  } catch {
    // Nothing is kept where storage is forbidden.
  }
}

function keyOf(logId: string, place: string): string {
  return `${prefix}${logId}/${place}`
}
