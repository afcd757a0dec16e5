import { z } from 'zod'
import { ulidSchema } from './ulid.ts'
import { roleSchema } from './workspaces.ts'

export const memberSchema = z
  .object({
    userId: ulidSchema,
    displayName: z.string(),
    email: z.string().nullable().meta({ description: 'Told to owners and administrators, and to oneself.' }),
    role: roleSchema,
    joinedAt: z.iso.datetime(),
  })
  .meta({ id: 'Member' })

export const memberListSchema = z
  .object({ items: z.array(memberSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'MemberList' })

export const updateMemberRequestSchema = z.strictObject({ role: roleSchema }).meta({ id: 'UpdateMember' })

export const transferOwnershipRequestSchema = z.strictObject({ userId: ulidSchema }).meta({ id: 'TransferOwnership' })

/** A party always has an owner already. */
export const invitedRoleSchema = roleSchema.exclude(['owner'])

const MAX_INVITATION_DAYS = 30

export const createInvitationRequestSchema = z
  .strictObject({
    role: invitedRoleSchema,
    email: z.string().min(3).max(320).optional().meta({
      description: 'Mails the invitation there, for one use. Without it the invitation is a link to hand over.',
    }),
    expiresInDays: z.int().min(1).max(MAX_INVITATION_DAYS).default(7),
    maxUses: z.int().min(1).max(1_000).nullable().default(null).meta({ description: 'Null for any number.' }),
  })
  .meta({ id: 'CreateInvitation' })

export const invitationSchema = z
  .object({
    id: ulidSchema,
    role: invitedRoleSchema,
    email: z.string().nullable(),
    createdBy: ulidSchema,
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    maxUses: z.int().nullable(),
    uses: z.int(),
  })
  .meta({ id: 'Invitation' })

export const invitationListSchema = z
  .object({ items: z.array(invitationSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'InvitationList' })

export const createdInvitationSchema = invitationSchema
  .extend({
    token: z.string().meta({ description: 'What the link carries. It is shown this once.' }),
    isMailed: z.boolean().meta({ description: 'False where this server sends no mail: hand the link over yourself.' }),
  })
  .meta({ id: 'CreatedInvitation' })

export const invitationTokenRequestSchema = z
  .strictObject({ token: z.string().min(1).max(200) })
  .meta({ id: 'InvitationToken' })

export const invitationPreviewSchema = z
  .object({ workspaceName: z.string(), inviterName: z.string(), role: invitedRoleSchema, expiresAt: z.iso.datetime() })
  .meta({ id: 'InvitationPreview' })

/** The page that accepts an invitation. The token is behind `#`, so that no server and no log sees it. */
export function invitationUrl(origin: string, token: string): string {
  return `${origin}/join#${token}`
}

export type MemberResponse = z.infer<typeof memberSchema>
export type InvitedRole = z.infer<typeof invitedRoleSchema>
export type CreateInvitationRequest = z.infer<typeof createInvitationRequestSchema>
export type InvitationResponse = z.infer<typeof invitationSchema>
export type CreatedInvitation = z.infer<typeof createdInvitationSchema>
export type InvitationPreview = z.infer<typeof invitationPreviewSchema>
