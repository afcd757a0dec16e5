/** The finalizer of MurmurHash3, 32 bits. */
export function mixBits(value: number): number {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

/** One step of a running 32-bit hash. */
export function hashStep(hash: number, next: number): number {
  const bits = Math.imul(hash ^ next, 0x9e3779b1)
  return bits ^ (bits >>> 15)
}

const KIND = { null: 0x1f, true: 0x2f, false: 0x3f, integer: 0x4f, float: 0x5f, text: 0x6f, list: 0x7f, object: 0x8f }
const OTHER = 0x9f

/**
 * A 32-bit hash of a plain value from a seed. Values that mean the same once they are encoded, as JSON or by Yjs, have
 * equal hashes: the order of keys, a minus before zero, an absent or undefined member make no difference.
 */
export function hashValue(seed: number, value: unknown): number {
  switch (typeof value) {
    case 'string':
      return hashText(seed ^ KIND.text, value)
    case 'number':
      return hashNumber(seed, value)
    case 'boolean':
      return mixBits(seed ^ (value ? KIND.true : KIND.false))
    case 'object':
      if (value === null) return mixBits(seed ^ KIND.null)
      return isList(value) ? hashList(seed, value) : hashObject(seed, value as { readonly [key: string]: unknown })
    case 'undefined':
      return mixBits(seed ^ KIND.null)
    default:
      return hashText(seed ^ OTHER, String(value))
  }
}

/** A 32-bit hash of a text by its UTF-16 units; half a surrogate pair counts as what it becomes once encoded. */
export function hashText(seed: number, text: string): number {
  let hash = seed | 0
  for (let index = 0; index < text.length; index += 1) hash = hashStep(hash, unitAt(text, index))
  return mixBits(hash ^ text.length)
}

const REPLACEMENT = 0xfffd

/** The UTF-16 unit at a place, as it reads once the text was encoded and decoded. */
export function unitAt(text: string, index: number): number {
  const unit = text.charCodeAt(index)
  if (unit < 0xd800 || unit > 0xdfff) return unit
  const isPaired = unit < 0xdc00 ? isLow(text.charCodeAt(index + 1)) : isHigh(text.charCodeAt(index - 1))
  return isPaired ? unit : REPLACEMENT
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

const float = new Float64Array(1)
const halves = new Int32Array(float.buffer)

function hashNumber(seed: number, value: number): number {
  if (value === (value | 0)) return mixBits(hashStep(seed ^ KIND.integer, value | 0))
  if (!Number.isFinite(value)) return mixBits(seed ^ KIND.null)
  float[0] = value
  return mixBits(hashStep(hashStep(seed ^ KIND.float, halves[0] ?? 0), halves[1] ?? 0))
}

function isList(value: object): value is readonly unknown[] {
  return Array.isArray(value) || value instanceof Uint8Array
}

function hashList(seed: number, values: Iterable<unknown> & { readonly length: number }): number {
  let hash = seed ^ KIND.list
  for (const value of values) hash = hashValue(hash, value)
  return mixBits(hash ^ values.length)
}

function hashObject(seed: number, value: { readonly [key: string]: unknown }): number {
  let sum = 0
  // Plain objects, which inherit no members; listing their entries first would take twice as long.
  for (const key in value) {
    const member = value[key]
    // A sum, since the order of members means nothing.
    if (member !== undefined) sum = (sum + hashValue(hashText(seed ^ KIND.object, key), member)) | 0
  }
  return mixBits(seed ^ sum ^ KIND.object)
}
