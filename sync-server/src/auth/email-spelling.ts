import { domainToASCII } from 'node:url'
import { type EmailAddress, parseEmailAddress } from '@questlog/shared/protocol/email-address'

const MAX_EMAIL_CHARACTERS = 254

/** The address for a new account or for a mail; null for what is no address. */
export function readEmail(typed: string): EmailAddress | null {
  return parseEmailAddress(typed, domainToASCII)
}

/**
 * How the account that somebody names is stored: by its address, or, for an account of an earlier version that took
 * more, by what they typed then. Answers null for what no account can have.
 */
export function accountSpelling(typed: string): string | null {
  return readEmail(typed) ?? earlierSpelling(typed)
}

function earlierSpelling(typed: string): string | null {
  const text = typed.trim().normalize('NFKC').toLowerCase().normalize('NFKC')
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const typedDomain = text.slice(at + 1)
  const domain = /[^\p{L}\p{M}\p{N}.-]/u.test(typedDomain) ? '' : domainToASCII(typedDomain)
  if (at < 1 || domain === '' || !/^[^\s@\p{Cc}]+$/u.test(local)) return null
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(domain)) return null
  const email = `${local}@${domain}`
  return email.length <= MAX_EMAIL_CHARACTERS ? email : null
}
