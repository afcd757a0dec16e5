import type { PasskeyError } from '../rest/sign-in-methods.ts'
import type { OpenError } from './open-error.ts'

/** Why the session did not do what it was asked for. Nothing was lost. */
export type SessionFailure =
  /** What the server said, or that it did not answer, or that the person went no further. */
  | PasskeyError
  /** A log could not be opened, read or merged here; null where another log was asked for meanwhile. */
  | { readonly kind: 'not-opened'; readonly error: OpenError | null }
  /** It takes somebody who is signed in. */
  | { readonly kind: 'nobody' }
  /** The server lists no personal log of the account. */
  | { readonly kind: 'no-own-log' }
  /** The person may only read the log. */
  | { readonly kind: 'read-only' }
  /** The workspace is none of the person's any more. */
  | { readonly kind: 'not-theirs' }
  /** A guest sees assigned quests alone, not the log. */
  | { readonly kind: 'guest' }
