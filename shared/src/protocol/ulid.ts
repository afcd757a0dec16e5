import { z } from 'zod'

/** A ULID in its canonical upper-case form; the first digit keeps it within 128 bits. */
export const ulidSchema = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'must be a ULID')
