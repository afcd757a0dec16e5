/*
 * A rank is a fractional index: a string that sorts by its characters, so that between any two there is always a
 * third. Its first letter gives the length of an integer part (`a` two characters, `b` three …, `Z` two, `Y` three …
 * below zero), the rest is a fraction without trailing zeros. Appending counts the integer up, which keeps ranks short.
 * After David Greenspan, "Implementing Fractional Indexing" (2020).
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BASE = DIGITS.length
const ZERO = 'a0'
/** Two devices that insert at one place offline then collide once in some 230,000 times. */
const JITTER_DIGITS = 3
const RANK = /^[A-Za-z][0-9A-Za-z]*$/
/** Nothing lies below it, so it is no rank. */
const LOWEST = `A${'0'.repeat(26)}`

/** Whether a stored string is a rank this module could have made. */
export function isRank(value: string): boolean {
  if (!RANK.test(value) || value === LOWEST) return false
  const length = integerLength(value)
  return value.length === length || (value.length > length && !value.endsWith('0'))
}

/** The rank of a record that has none: after its id, so that such records keep the order they were created in. */
export function defaultRank(id: string): string {
  return `${ZERO}${id.replace(/[^0-9A-Za-z]/g, '')}V`
}

/**
 * A rank strictly between two ranks (null: the end on that side), off the middle by chance so that devices which insert
 * at one place seldom choose the same. Both must be ranks and `lower < upper`. `random` yields numbers in [0, 1).
 */
export function rankBetween(lower: string | null, upper: string | null, random: () => number): string {
  if (lower === null && upper === null) return ZERO + jitter(random)
  if (lower === null) return rankBelow(upper ?? ZERO, random)
  if (upper === null) return rankAbove(lower, random)
  if (lower >= upper) throw new Error(`ranks out of order: ${lower} is not below ${upper}`)
  const low = integerPart(lower)
  if (low === integerPart(upper)) return low + fractionBetween(fractionPart(lower), fractionPart(upper), random)
  const next = countUp(low)
  if (next !== null && next < integerPart(upper)) return next + jitter(random)
  // Neighbouring integers: the rest of the lower one's unit is free.
  return low + fractionBetween(fractionPart(lower), null, random)
}

/** `count` ascending ranks strictly between two ranks, under the conditions of `rankBetween`. */
export function ranksBetween(
  lower: string | null,
  upper: string | null,
  count: number,
  random: () => number,
): readonly string[] {
  if (count <= 0) return []
  if (upper === null) return ascend(lower, count, random)
  const middle = rankBetween(lower, upper, random)
  const countBelow = (count - 1) >> 1
  const below = ranksBetween(lower, middle, countBelow, random)
  return [...below, middle, ...ranksBetween(middle, upper, count - 1 - countBelow, random)]
}

function ascend(lower: string | null, count: number, random: () => number): readonly string[] {
  const ranks: string[] = []
  let last = lower
  for (let i = 0; i < count; i++) {
    last = rankBetween(last, null, random)
    ranks.push(last)
  }
  return ranks
}

function rankAbove(lower: string, random: () => number): string {
  const next = countUp(integerPart(lower))
  if (next !== null) return next + jitter(random)
  return integerPart(lower) + fractionBetween(fractionPart(lower), null, random)
}

function rankBelow(upper: string, random: () => number): string {
  const next = countDown(integerPart(upper))
  if (next !== null) return next + jitter(random)
  return integerPart(upper) + fractionBetween('', fractionPart(upper), random)
}

/** A fraction strictly between two, digit by digit (no arithmetic that could overflow); null stands for one. */
function fractionBetween(lower: string, upper: string | null, random: () => number): string {
  let prefix = ''
  let bound = upper
  for (let i = 0; ; i++) {
    const low = digitAt(lower, i)
    const high = bound === null ? BASE : digitAt(bound, i)
    if (high - low > 1) return prefix + DIGITS.charAt(near(low, high, random)) + jitter(random)
    prefix += DIGITS.charAt(low)
    // One apart: every longer string under this prefix stays below the bound, which so falls away.
    if (high > low) bound = null
  }
}

/** A digit strictly between two, in the middle half of the gap: halving the gap keeps ranks short. */
function near(low: number, high: number, random: () => number): number {
  const first = low + 1
  const choices = high - low - 1
  return first + Math.min(choices - 1, Math.floor(choices * (0.25 + random() / 2)))
}

function jitter(random: () => number): string {
  let digits = ''
  for (let i = 1; i < JITTER_DIGITS; i++) digits += DIGITS.charAt(Math.floor(random() * BASE))
  // The last digit is never zero, or a rank could have two spellings.
  return digits + DIGITS.charAt(1 + Math.floor(random() * (BASE - 1)))
}

function digitAt(fraction: string, index: number): number {
  return index < fraction.length ? DIGITS.indexOf(fraction.charAt(index)) : 0
}

function integerLength(rank: string): number {
  const head = rank.charCodeAt(0)
  return head >= 97 ? head - 97 + 2 : 90 - head + 2
}

function integerPart(rank: string): string {
  return rank.slice(0, integerLength(rank))
}

function fractionPart(rank: string): string {
  return rank.slice(integerLength(rank))
}

/** The next integer part, or null after the last there is. */
function countUp(integer: string): string | null {
  const carried = carry(integer.slice(1), 'z', '0', 1)
  if (carried !== null) return integer.charAt(0) + carried
  const head = integer.charAt(0)
  if (head === 'z') return null
  if (head === 'Z') return ZERO
  const next = String.fromCharCode(head.charCodeAt(0) + 1)
  return next + '0'.repeat(integerLength(next) - 1)
}

/** The integer part before, or null below the first there is. */
function countDown(integer: string): string | null {
  const carried = carry(integer.slice(1), '0', 'z', -1)
  if (carried !== null) return integer.charAt(0) + carried
  const head = integer.charAt(0)
  if (head === 'A') return null
  const next = head === 'a' ? 'Z' : String.fromCharCode(head.charCodeAt(0) - 1)
  return next + 'z'.repeat(integerLength(next) - 1)
}

/** Adds `step` to the last digit; a digit that stands at `limit` turns to `restart` and carries. Null on overflow. */
function carry(digits: string, limit: string, restart: string, step: number): string | null {
  let index = digits.length - 1
  while (index >= 0 && digits.charAt(index) === limit) index--
  if (index < 0) return null
  const turned = DIGITS.charAt(DIGITS.indexOf(digits.charAt(index)) + step)
  return digits.slice(0, index) + turned + restart.repeat(digits.length - index - 1)
}
