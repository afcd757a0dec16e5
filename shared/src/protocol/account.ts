import { z } from 'zod'
import { deviceNameSchema, displayNameSchema, emailSchema, newPasswordSchema } from './auth.ts'
import { ulidSchema } from './ulid.ts'
import { roleSchema, workspaceKindSchema } from './workspaces.ts'

/** A password that is checked, not chosen. */
const passwordSchema = z.string().max(512, 'is too long')
/** What stands behind the `#` of a link in a mail. */
const linkTokenSchema = z.string().regex(/^[\w-]{43}$/, 'is not the token of a link')
const instantSchema = z.iso.datetime()

export const verifyEmailSchema = z.strictObject({ token: linkTokenSchema }).meta({ id: 'EmailVerification' })
export const forgotPasswordSchema = z.strictObject({ email: emailSchema }).meta({ id: 'ForgottenPassword' })
export const resetPasswordSchema = z
  .strictObject({ token: linkTokenSchema, password: newPasswordSchema })
  .meta({ id: 'PasswordReset' })
export const changePasswordSchema = z
  .strictObject({ currentPassword: passwordSchema, newPassword: newPasswordSchema })
  .meta({ id: 'PasswordChange' })

const proof = {
  password: passwordSchema
    .optional()
    .meta({ description: 'Not needed within ten minutes of signing in on this device.' }),
}
export const changeEmailSchema = z.strictObject({ email: emailSchema, ...proof }).meta({ id: 'EmailChange' })
export const deleteAccountSchema = z.strictObject(proof).meta({ id: 'AccountDeletion' })
export const updateAccountSchema = z.strictObject({ displayName: displayNameSchema }).meta({ id: 'AccountChange' })

export const accountSchema = z
  .object({
    id: ulidSchema,
    email: z.string(),
    emailVerified: z.boolean(),
    displayName: z.string(),
    createdAt: instantSchema,
    hasPassword: z.boolean(),
    sendsMail: z.boolean().meta({ description: 'Whether this server sends mail, and addresses can be verified.' }),
  })
  .meta({ id: 'Account' })

export const signedInDeviceSchema = z
  .object({
    id: ulidSchema,
    client: z.enum(['browser', 'native']),
    deviceName: z
      .string()
      .nullable()
      .meta({ description: 'What the device called itself when it signed in, or its person since.' }),
    userAgent: z.string().nullable().meta({ description: 'Browser and system, in words.' }),
    network: z.string().nullable().meta({ description: 'Where it signed in from: an IPv4 /24 or an IPv6 /48.' }),
    createdAt: instantSchema,
    lastUsedAt: instantSchema,
    expiresAt: instantSchema,
    current: z.boolean().meta({ description: 'Whether it is the one that asks.' }),
  })
  .meta({ id: 'SignedInDevice' })

/** Null takes the name away: the device goes by its browser and system again. */
export const renameDeviceSchema = z
  .strictObject({ deviceName: deviceNameSchema.unwrap().min(1, 'must not be empty').nullable() })
  .meta({ id: 'DeviceName' })

export const signedInDeviceListSchema = z
  .object({ items: z.array(signedInDeviceSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'SignedInDeviceList' })

const recordsSchema = z.array(z.record(z.string(), z.unknown()))

/** Everything the server holds on a person. */
export const accountExportSchema = z
  .object({
    format: z.literal('questlog-account'),
    version: z.literal(1),
    exportedAt: instantSchema,
    account: accountSchema.omit({ sendsMail: true }),
    sessions: z.array(signedInDeviceSchema),
    signInMethods: z.record(z.string(), recordsSchema),
    apiKeys: recordsSchema,
    memberships: z.array(
      z.object({ workspaceId: ulidSchema, name: z.string(), kind: workspaceKindSchema, role: roleSchema }),
    ),
    workspaces: z.array(
      z.object({
        id: ulidSchema,
        name: z.string(),
        kind: workspaceKindSchema,
        createdAt: instantSchema,
        records: z.record(z.string(), recordsSchema),
        activity: recordsSchema,
      }),
    ),
    activityElsewhere: recordsSchema.meta({ description: 'What the person did in workspaces of others.' }),
    documents: z
      .array(z.object({ name: z.string(), updates: z.array(z.string()) }))
      .meta({ description: 'Personal documents, as Yjs updates in base64, to be applied in order.' }),
    securityEvents: recordsSchema,
  })
  .meta({ id: 'AccountExport' })

export type AccountResponse = z.infer<typeof accountSchema>
export type SignedInDevice = z.infer<typeof signedInDeviceSchema>
export type AccountExport = z.infer<typeof accountExportSchema>
export type UpdateAccountRequest = z.infer<typeof updateAccountSchema>
