declare const brand: unique symbol

/** An address in the one spelling that everything compares and stores. */
export type EmailAddress = string & { readonly [brand]: 'EmailAddress' }

const MAX_CHARACTERS = 254
const MAX_LOCAL_BYTES = 64

/** Invisible: soft hyphens, zero-width and direction marks, variation selectors, fillers, joiners, controls. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{C}]/u
/** The words between dots of RFC 5322, with the letters of every script (RFC 6532). Quoted local parts are not taken. */
const LOCAL = /^(?!\.)(?:(?:^|\.)(?!\p{M})[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)+$/u
/** A dot above an `i` or a `j` is drawn over the one it has. */
const HIDDEN_DOT = /[ij]\u0307/
const TYPED_DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.|$))+(?<!\.)$/
const NUMERIC_END = /(?:^|\.)\d+$/

/**
 * Reads an address as people type it: trimmed, NFKC, lower case, the domain as IDNA ASCII by `domainToAscii`. Answers
 * null for what is no address and for an address with an invisible character, which could look like somebody else's.
 * What some providers treat as equal (dots, plus tags) stays different.
 */
export function parseEmailAddress(typed: string, domainToAscii: (domain: string) => string): EmailAddress | null {
  const trimmed = typed.trim()
  const text = trimmed.normalize('NFKC').toLowerCase().normalize('NFKC')
  if (INVISIBLE.test(trimmed) || INVISIBLE.test(text)) return null
  const at = text.lastIndexOf('@')
  const local = text.slice(0, Math.max(0, at))
  if (!LOCAL.test(local) || HIDDEN_DOT.test(local) || utf8Length(local) > MAX_LOCAL_BYTES) return null
  const typedDomain = text.slice(at + 1)
  // The conversion reads a domain as part of a URL, and would silently drop a path or a port.
  const domain = TYPED_DOMAIN.test(typedDomain) ? domainToAscii(typedDomain) : ''
  if (!DOMAIN.test(domain) || NUMERIC_END.test(domain)) return null
  const email = `${local}@${domain}`
  return email.length <= MAX_CHARACTERS ? (email as EmailAddress) : null
}

function utf8Length(text: string): number {
  let length = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return length
}
