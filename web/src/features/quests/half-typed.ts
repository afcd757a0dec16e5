import type { KeyValue } from '@questlog/shared/client/ports/key-value'

const prefix = 'questlog.typed/'
/** For where the browser keeps nothing: it is kept for as long as the page lives. */
const typedHere = new Map<string, string>()

/** What is half typed into the field of a log that adds quests to a place; this tab keeps it, over a reload too. */
export function halfTyped(memory: KeyValue, logId: string, place: string): string {
  const key = keyOf(logId, place)
  return memory.read(key) ?? typedHere.get(key) ?? ''
}

/** Keeps what is half typed; nothing when it is empty. */
export function keepHalfTyped(memory: KeyValue, logId: string, place: string, text: string): void {
  const key = keyOf(logId, place)
  typedHere.set(key, text)
  if (text === '') memory.remove(key)
  else memory.write(key, text)
}

/** Forgets what was half typed in a log that this device removes. */
export function forgetHalfTyped(memory: KeyValue, logId: string): void {
  const ofLog = keyOf(logId, '')
  for (const key of typedHere.keys()) if (key.startsWith(ofLog)) typedHere.delete(key)
  for (const key of memory.keys()) if (key.startsWith(ofLog)) memory.remove(key)
}

function keyOf(logId: string, place: string): string {
  return `${prefix}${logId}/${place}`
}
