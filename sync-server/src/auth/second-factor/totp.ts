import { Secret, TOTP } from 'otpauth'

/** RFC 6238 with the parameters every authenticator app knows; many ignore others. */
const PARAMETERS = { algorithm: 'SHA1', digits: 6, period: 30 } as const
const SECRET_BYTES = 20
/** Steps before and after the present one whose codes are taken, for clocks that are off (RFC 6238, 5.2). */
const WINDOW = 1

/** A new shared secret of 160 bits (RFC 4226, 4, R6). */
export function newTotpSecret(): Buffer {
  return Buffer.from(new Secret({ size: SECRET_BYTES }).bytes)
}

/** What a person gives to an authenticator app: the secret in base32, and the address that a QR code shows. */
export function describeTotp(secret: Buffer, email: string): { readonly secret: string; readonly uri: string } {
  const totp = totpOf(secret, email)
  return { secret: totp.secret.base32, uri: totp.toString() }
}

/** The time step a code belongs to, if it is right at `now` (ms) or a step beside it; null otherwise. */
export function matchingStep(secret: Buffer, code: string, now: number): number | null {
  const totp = totpOf(secret)
  const delta = totp.validate({ token: code, timestamp: now, window: WINDOW })
  return delta === null ? null : totp.counter({ timestamp: now }) + delta
}

function totpOf(secret: Buffer, label = ''): TOTP {
  return new TOTP({ ...PARAMETERS, issuer: 'Questlog', label, secret: new Secret({ buffer: copyOf(secret) }) })
}

/** A small Buffer shares its memory with others. */
function copyOf(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}
