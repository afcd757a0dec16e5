import type { KeyValue } from '@questlog/shared/client/ports/key-value'

/** How far a page is scrolled: to this row, or without rows from the top, and on by so many pixels. */
export interface Place {
  readonly row: string | null
  readonly by: number
}

const storageKey = 'questlog.places'
const stateKey = 'questlogEntry'
const mostKept = 100

/** How far the page was scrolled at each entry of this tab's history, the latest used last. */
const places = new Map<string, Place>()
let entry = ''
let path = ''

/** How far the page at the history's present entry was scrolled when it was left; null where it is new. */
export function placeHere(): Place | null {
  return places.get(entry) ?? null
}

/** Keeps how far the page at the history's present entry is scrolled, over a reload too. */
export function keepPlace(place: Place): void {
  places.delete(entry)
  places.set(entry, place)
}

/** Follows the history of this tab, whose memory outlives a reload: each entry gets a name, by which places are kept. */
export function followHistory(memory: KeyValue): void {
  for (const [name, place] of readPlaces(memory.read(storageKey))) places.set(name, place)
  path = location.pathname
  nameEntry(entryInState() ?? newName())
  const store = () => void memory.write(storageKey, JSON.stringify([...places].slice(-mostKept)))
  addEventListener('pushState', () => enter(newName()))
  // What takes an entry's place may not have kept its name.
  addEventListener('replaceState', () => entryInState() === null && nameEntry(entry))
  addEventListener('popstate', () => enter(entryInState() ?? newName()))
  addEventListener('pagehide', store)
  document.addEventListener('visibilitychange', store)
}

function newName(): string {
  return `${Date.now()}-${Math.random()}`
}

function enter(name: string): void {
  const before = placeHere()
  const isSamePage = location.pathname === path
  path = location.pathname
  nameEntry(name)
  // A quest was opened or closed: the list behind it stays as it is.
  if (isSamePage && before !== null) keepPlace(before)
}

function nameEntry(name: string): void {
  entry = name
  if (entryInState() !== name) history.replaceState({ ...history.state, [stateKey]: name }, '')
}

function entryInState(): string | null {
  const name: unknown = history.state?.[stateKey]
  return typeof name === 'string' ? name : null
}

function readPlaces(stored: string | null): readonly (readonly [string, Place])[] {
  try {
    const kept: unknown = JSON.parse(stored ?? '[]')
    return Array.isArray(kept) ? kept.filter(isKept) : []
  } catch {
    return []
  }
}

function isKept(item: unknown): item is readonly [string, Place] {
  return Array.isArray(item) && typeof item[0] === 'string' && typeof item[1]?.by === 'number'
}
