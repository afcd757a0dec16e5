import { domainToASCII } from 'node:url'

const MAX_EMAIL_CHARACTERS = 254

/**
 * One spelling for addresses people type in different ways: trimmed, NFKC, lower case, the domain as IDNA ASCII.
 * Answers null for what is no address. Providers' own rules (dots, plus tags) are not guessed.
 */
export function normaliseEmail(typed: string): string | null {
  const text = typed.trim().normalize('NFKC').toLowerCase().normalize('NFKC')
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const typedDomain = text.slice(at + 1)
  // domainToASCII reads what a URL holds, and would drop a path or a port without a word.
  const domain = /[^\p{L}\p{M}\p{N}.-]/u.test(typedDomain) ? '' : domainToASCII(typedDomain)
  if (at < 1 || domain === '' || !/^[^\s@\p{Cc}]+$/u.test(local)) return null
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(domain)) return null
  const email = `${local}@${domain}`
  return email.length <= MAX_EMAIL_CHARACTERS ? email : null
}
