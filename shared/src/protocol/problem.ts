import { z } from 'zod'

/** Every reason the REST interface refuses a request; clients switch on these, never on texts. */
export const problemCodeSchema = z.enum([
  'invalid-request',
  'invalid-credentials',
  'second-factor-required',
  'wrong-code',
  'challenge-expired',
  'second-factor-exists',
  'passkey-refused',
  'passkey-exists',
  'too-many-passkeys',
  'last-sign-in-method',
  'sign-in-method-unavailable',
  'provider-unavailable',
  'provider-failed',
  'password-exists',
  'wrong-password',
  'sign-in-too-old',
  'email-taken',
  'link-invalid',
  'mail-not-configured',
  'sole-owner',
  'registration-refused',
  'registration-closed',
  'signed-out',
  'cross-site',
  'forbidden',
  'insufficient-scope',
  'session-required',
  'personal-workspace-exists',
  'workspace-full',
  'workspace-id-taken',
  'too-many-workspaces',
  'not-a-party',
  'last-owner',
  'invitation-invalid',
  'too-many-invitations',
  'too-many-api-keys',
  'account-disabled',
  'own-account',
  'not-found',
  'method-not-allowed',
  'already-exists',
  'trashed',
  'not-trashed',
  'already-done',
  'not-done',
  'cycle',
  'moment-gone',
  'precondition-failed',
  'idempotency-key-reused',
  'too-large',
  'unsupported-media-type',
  'rate-limited',
  'unavailable',
  'internal',
])

export type ProblemCode = z.infer<typeof problemCodeSchema>

/** A problem document (RFC 9457) with Questlog's stable `code`. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: problemCodeSchema,
  detail: z.string().optional(),
  /** The request id, to be quoted to whoever runs the server. */
  instance: z.string().optional(),
  /** For `invalid-request`: which fields, as dotted paths (`query.` and `params.` in front of those), and why. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** For `second-factor-required`: to be sent back with a code, within five minutes. */
  challenge: z.string().optional(),
  /** For `sole-owner`: the parties that nobody else owns. */
  parties: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
  /** For `cycle`: the ids of the quests of the circle that would be closed, from one to itself again. */
  cycle: z.array(z.string()).optional(),
  /** For `precondition-failed`: the record as it is now, with its `version`. */
  current: z.looseObject({ version: z.string() }).optional(),
  /** For requests of several operations: the place of the one refused, from 0 on. Nothing of the request was done. */
  operation: z.int().optional(),
})

export type Problem = z.infer<typeof problemSchema>

/** The media type of a problem document. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json'
