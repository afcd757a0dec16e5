import type { Problem, ProblemCode } from '@questlog/shared/protocol/problem'

/** What each code means in HTTP, and in words for people who read logs. */
export const problemMeanings: Readonly<Record<ProblemCode, { readonly status: number; readonly title: string }>> = {
  'invalid-request': { status: 400, title: 'The request is not valid.' },
  'invalid-credentials': { status: 401, title: 'The e-mail or the password is wrong.' },
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
  'workspace-id-taken': { status: 409, title: 'This workspace id cannot be used.' },
  'too-many-workspaces': { status: 409, title: 'The account has as many workspaces as are allowed.' },
  'not-found': { status: 404, title: 'There is nothing here.' },
  'precondition-failed': { status: 412, title: 'It has changed since you read it.' },
  'idempotency-key-reused': { status: 422, title: 'The idempotency key was used for another request.' },
  'too-large': { status: 413, title: 'The request is too large.' },
  'unsupported-media-type': { status: 415, title: 'Send application/json.' },
  'rate-limited': { status: 429, title: 'Too many requests. Wait a little.' },
  unavailable: { status: 503, title: 'The server cannot do this right now. Try again.' },
  internal: { status: 500, title: 'Something went wrong on the server.' },
}

type FieldErrors = NonNullable<Problem['errors']>

/** Thrown by a request's handling to answer with a problem document; the only way routes refuse. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem'
  readonly code: ProblemCode
  readonly fields: FieldErrors

  constructor(code: ProblemCode, fields: FieldErrors = []) {
    super(problemMeanings[code].title)
    this.code = code
    this.fields = fields
  }
}

/** The problem document (RFC 9457) of a code. */
export function problemDocument(code: ProblemCode, requestId: string, fields: FieldErrors = []): Problem {
  const { status, title } = problemMeanings[code]
  return { type: 'about:blank', title, status, code, instance: requestId, ...(fields.length > 0 && { errors: fields }) }
}
