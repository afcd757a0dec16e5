import { z } from 'zod'
import { ulidSchema } from './ulid.ts'

/** What is kept of an account's and a workspace's safety. More may come: clients show those they do not know as they are. */
export const securityEventKinds = [
  'registered',
  'signed-in',
  'sign-in-failed',
  'signed-out',
  'session-ended',
  'refresh-token-reused',
  'password-changed',
  'password-reset-requested',
  'password-reset',
  'email-verified',
  'email-change-requested',
  'email-changed',
  'second-factor-added',
  'second-factor-removed',
  'second-factor-failed',
  'recovery-codes-made',
  'recovery-code-used',
  'passkey-added',
  'passkey-removed',
  'identity-linked',
  'identity-unlinked',
  'data-exported',
  'account-deleted',
  'user-disabled',
  'user-enabled',
  'workspace-renamed',
  'workspace-deleted',
  'member-joined',
  'member-left',
  'member-removed',
  'role-changed',
  'ownership-transferred',
  'invitation-created',
  'invitation-revoked',
  'api-key-created',
  'api-key-revoked',
] as const

export type SecurityEventKind = (typeof securityEventKinds)[number]

export const securityEventSchema = z
  .object({
    id: ulidSchema,
    at: z.iso.datetime(),
    kind: z.string().meta({ description: 'What happened, such as `signed-in` or `role-changed`; more may come.' }),
    userId: z.string().nullable().meta({ description: 'Whom it is about; null where no account is known.' }),
    actorId: z.string().nullable().meta({ description: 'Who did it, where that may be somebody else.' }),
    workspaceId: z.string().nullable(),
    sessionId: z
      .string()
      .nullable()
      .meta({ description: 'The signed-in device. Told to its owner and administrators.' }),
    address: z.string().nullable().meta({ description: 'The network address. Told to its owner and administrators.' }),
    requestId: z.string().nullable(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: 'SecurityEvent' })

export const securityEventListSchema = z
  .object({ items: z.array(securityEventSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'SecurityEventList' })

export type SecurityEventResponse = z.infer<typeof securityEventSchema>
