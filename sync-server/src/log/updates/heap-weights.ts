/**
 * What objects take on the heap of a 64-bit Node, in bytes. Taken from V8's layouts and checked on loaded documents of
 * several shapes, each in a fresh process: see `document-heap.process.test.ts`, which fails where they no longer hold.
 */
export const weight = {
  /** An `Item` with its id and its place in the store. */
  item: 160,
  /** Each origin of an item. */
  id: 40,
  content: 32,
  collected: 88,
  /** A client's list of structs, and its place in the map of clients. */
  client: 260,
  /** A root type with its name. */
  root: 640,
  object: 56,
  /** A key that no object before it has: its text and the shape it leads to. */
  newKey: 90,
  number: 16,
} as const

const SLOTS_AT_FIRST = 17

/** A list that was filled one by one. */
export function listHeap(length: number): number {
  return length === 0 ? 32 : 48 + 8 * Math.max(SLOTS_AT_FIRST, length * 1.25)
}

/** An object whose keys are known from others; four of them fit into the object itself. */
export function objectHeap(keys: number): number {
  return keys <= 4 ? weight.object : weight.object + 16 + 24 * Math.ceil((keys - 4) / 3)
}

/** A string of so many units, each of one or two bytes. Those of one letter are kept once. */
export function stringHeap(units: number, bytesPerUnit: 1 | 2 = 1): number {
  return units < 2 ? 0 : 16 + 8 * Math.ceil((units * bytesPerUnit) / 8)
}

/** Numbers beyond 31 bits, and those with a fraction, are objects. */
export function numberHeap(value: number): number {
  return Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31 ? 0 : weight.number
}
