/** How many elements of a document are deleted, and a digest that tells their set from any other of that size. */
export interface DeletedElements {
  readonly count: number
  /** A safe integer: the exclusive or of a hash of each element, so that it is of the set and not of an order. */
  readonly digest: number
}

/** No element at all. */
export const NONE_DELETED: DeletedElements = { count: 0, digest: 0 }

const HIGH_BITS = 21
const TWO_TO_32 = 2 ** 32
const LOW_SEED = 0x2545f491
const HIGH_SEED = 0x6c8e9cf5

/** The set with a run of one client's elements more, none of which it had. */
export function withDeleted(
  { count, digest }: DeletedElements,
  client: number,
  clock: number,
  length: number,
): DeletedElements {
  let [low, high] = [0, 0]
  const [lowSeed, highSeed] = [seedOf(LOW_SEED, client), seedOf(HIGH_SEED, client)]
  for (let each = clock; each < clock + length; each += 1) {
    low ^= mix(lowSeed + Math.imul(each, 0x9e3779b1))
    high ^= mix(highSeed + Math.imul(each, 0x85157af5))
  }
  return { count: count + length, digest: xor(digest, join(low, high)) }
}

/** The set without another that is part of it. */
export function withoutDeleted(all: DeletedElements, part: DeletedElements): DeletedElements {
  return { count: all.count - part.count, digest: xor(all.digest, part.digest) }
}

function seedOf(seed: number, client: number): number {
  return mix(mix(seed ^ (client % TWO_TO_32)) ^ Math.floor(client / TWO_TO_32))
}

/** The finalizer of MurmurHash3, 32 bits. */
function mix(value: number): number {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

function join(low: number, high: number): number {
  return (low >>> 0) + (high >>> (32 - HIGH_BITS)) * TWO_TO_32
}

function xor(a: number, b: number): number {
  const high = Math.floor(a / TWO_TO_32) ^ Math.floor(b / TWO_TO_32)
  return ((a ^ b) >>> 0) + high * TWO_TO_32
}
