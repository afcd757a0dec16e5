/** What is wrong with a value a person gave. */
export type InvalidReason =
  | 'empty'
  | 'too-long'
  | 'control-characters'
  | 'malformed'
  | 'not-an-option'
  | 'not-an-integer'
  | 'out-of-range'
  | 'not-a-date'
  | 'unknown-zone'
  | 'too-many'

/** A value cleaned for storing, or what is wrong with it. */
export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: InvalidReason }

/** Says what is wrong with a value. */
export function invalid(error: InvalidReason): { readonly ok: false; readonly error: InvalidReason } {
  return { ok: false, error }
}
