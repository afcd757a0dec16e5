import type { Problem, ProblemCode } from '@questlog/shared/protocol/problem'

/** What each code means in HTTP, and in words for people who read logs. */
export const problemMeanings: Readonly<Record<ProblemCode, { readonly status: number; readonly title: string }>> = {
  'invalid-request': { status: 400, title: 'The request is not valid.' },
  'invalid-credentials': { status: 401, title: 'The e-mail or the password is wrong.' },
  'second-factor-required': { status: 401, title: 'Show the second factor too.' },
  'wrong-code': { status: 403, title: 'The code is wrong, or was used before.' },
  'challenge-expired': { status: 401, title: 'This took too long or was done before. Begin again.' },
  'second-factor-exists': { status: 409, title: 'The account has a second factor already.' },
  'passkey-refused': { status: 401, title: 'The passkey was not accepted.' },
  'passkey-exists': { status: 409, title: 'This passkey is known already.' },
  'too-many-passkeys': { status: 409, title: 'The account has as many passkeys as are allowed.' },
  'last-sign-in-method': { status: 409, title: 'Nothing would be left to sign in with.' },
  'sign-in-method-unavailable': { status: 409, title: 'This way to sign in does not work at this address.' },
  'provider-unavailable': { status: 503, title: 'The provider cannot be reached now. Try again later.' },
  'provider-failed': { status: 503, title: 'The provider and this server do not work together. The log says why.' },
  'password-exists': { status: 409, title: 'The account has a password already. Change it instead.' },
  'wrong-password': { status: 403, title: 'The password is wrong.' },
  'sign-in-too-old': { status: 403, title: 'Sign in again, or send the password, to do this.' },
  'email-taken': { status: 409, title: 'Another account has this e-mail address.' },
  'link-invalid': { status: 400, title: 'The link was used before, is too old, or is none.' },
  'mail-not-configured': { status: 501, title: 'This server sends no mail. Ask whoever runs it.' },
  'sole-owner': { status: 409, title: 'Nobody else owns some parties of the account.' },
  'registration-refused': {
    status: 409,
    title: 'No account was made. If you already have one with this e-mail, sign in.',
  },
  'registration-closed': { status: 403, title: 'This server takes no new accounts.' },
  'signed-out': { status: 401, title: 'Sign in to do this.' },
  forbidden: { status: 403, title: 'Your role does not allow this.' },
  'insufficient-scope': { status: 403, title: 'The API key has no scope for this.' },
  'session-required': { status: 403, title: 'This is for signed-in people, not for API keys.' },
  'cross-site': { status: 403, title: 'The request comes from another site.' },
  'personal-workspace-exists': { status: 409, title: 'The account already has a personal workspace in use.' },
  'workspace-full': {
    status: 409,
    title: 'The workspace is as large as the server lets it get. Remove something first.',
  },
  'workspace-id-taken': { status: 409, title: 'This workspace id cannot be used.' },
  'too-many-workspaces': { status: 409, title: 'The account has as many workspaces as are allowed.' },
  'not-a-party': { status: 409, title: 'A personal workspace has no other members and stays.' },
  'last-owner': { status: 409, title: 'A party needs an owner. Make somebody else one first.' },
  'invitation-invalid': { status: 404, title: 'The invitation was taken back, used up, or is too old.' },
  'too-many-invitations': { status: 409, title: 'There are too many open invitations. Take some back first.' },
  'too-many-api-keys': { status: 409, title: 'The account has as many API keys as are allowed.' },
  'account-disabled': { status: 403, title: 'The account was disabled by an administrator.' },
  'own-account': { status: 409, title: 'This cannot be done to your own account.' },
  'not-found': { status: 404, title: 'There is nothing here.' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method. See `Allow`.' },
  'already-exists': { status: 409, title: 'The id is taken.' },
  trashed: { status: 409, title: 'It is in the Trash. Restore it first.' },
  'not-trashed': { status: 409, title: 'It is not in the Trash.' },
  'already-done': { status: 409, title: 'The quest is done already.' },
  'not-done': { status: 409, title: 'The quest is not done.' },
  cycle: { status: 409, title: 'It would close a circle.' },
  'moment-gone': { status: 410, title: 'The log does not reach back to that moment any more.' },
  'precondition-failed': { status: 412, title: 'It has changed since you read it.' },
  'idempotency-key-reused': { status: 422, title: 'The idempotency key was used for another request.' },
  'too-large': { status: 413, title: 'The request is too large.' },
  'unsupported-media-type': { status: 415, title: 'Send application/json.' },
  'rate-limited': { status: 429, title: 'Too many requests. Wait a little.' },
  unavailable: { status: 503, title: 'The server cannot do this right now. Try again.' },
  internal: { status: 500, title: 'Something went wrong on the server.' },
}

type FieldErrors = NonNullable<Problem['errors']>

/** What a problem tells besides its code and its fields. */
export type ProblemDetails = Pick<Problem, 'cycle' | 'operation' | 'challenge' | 'parties' | 'current'>

/** Thrown by a request's handling to answer with a problem document; the only way routes refuse. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem'
  readonly code: ProblemCode
  readonly fields: FieldErrors
  readonly details: ProblemDetails

  constructor(code: ProblemCode, fields: FieldErrors = [], details: ProblemDetails = {}) {
    super(problemMeanings[code].title)
    this.code = code
    this.fields = fields
    this.details = details
  }
}

/** The problem document (RFC 9457) of a code. */
export function problemDocument(
  code: ProblemCode,
  requestId: string,
  fields: FieldErrors = [],
  details: ProblemDetails = {},
): Problem {
  const { status, title } = problemMeanings[code]
  const errors = fields.length > 0 && { errors: fields }
  return { type: 'about:blank', title, status, code, instance: requestId, ...errors, ...details }
}
