import { z } from 'zod'
import { ulidSchema } from './ulid.ts'

const MIN_PASSWORD_CODE_POINTS = 8
const MAX_PASSWORD_CODE_POINTS = 256

/** Length only, in code points, as NIST SP 800-63B asks: no rules of composition. */
export const newPasswordSchema = z
  .string()
  // Code units bound the work before the code points are counted.
  .max(MAX_PASSWORD_CODE_POINTS * 2, `at most ${MAX_PASSWORD_CODE_POINTS} characters`)
  .refine((value) => [...value].length >= MIN_PASSWORD_CODE_POINTS, `at least ${MIN_PASSWORD_CODE_POINTS} characters`)
  .refine((value) => [...value].length <= MAX_PASSWORD_CODE_POINTS, `at most ${MAX_PASSWORD_CODE_POINTS} characters`)

/** A name people see: one line, without control characters. */
export const displayNameSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(100, 'at most 100 characters')
  .regex(/^\P{Cc}*$/u, 'must be one line')

/** `browser` keeps the refresh token in an httpOnly cookie; `native` gets it in the answer. */
export const clientKindSchema = z.enum(['browser', 'native']).default('browser')

/** What a device calls itself in the list of devices. */
export const deviceNameSchema = z
  .string()
  .trim()
  .max(100, 'at most 100 characters')
  .regex(/^\P{Cc}*$/u, 'must be one line')
  .optional()

export const emailSchema = z.string().min(3, 'is not an e-mail address').max(320, 'is not an e-mail address')

// Unknown fields are passed over here, unlike elsewhere: an older server must still sign a newer client in.
export const registerRequestSchema = z
  .looseObject({
    email: emailSchema,
    password: newPasswordSchema,
    displayName: displayNameSchema,
    client: clientKindSchema,
    deviceName: deviceNameSchema,
    workspaceId: ulidSchema.optional().meta({
      description: "The id of the workspace made offline, which becomes the account's personal one.",
    }),
  })
  .meta({ id: 'Registration' })

export const loginRequestSchema = z
  .looseObject({
    email: emailSchema,
    password: z.string().max(MAX_PASSWORD_CODE_POINTS * 2, 'is too long'),
    client: clientKindSchema,
    deviceName: deviceNameSchema,
  })
  .meta({ id: 'Login' })

/** Refresh and logout: native clients send their token, browsers send nothing but the cookie. */
export const refreshRequestSchema = z.looseObject({ refreshToken: z.string().max(200).optional() }).default({})

export const userSchema = z
  .object({
    id: ulidSchema,
    email: z.string(),
    displayName: z.string(),
    emailVerified: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether the account proved that the address is its own, where the server sends mail.' }),
  })
  .meta({ id: 'SessionUser' })

export const sessionResponseSchema = z
  .object({
    user: userSchema,
    accessToken: z.string(),
    expiresIn: z.int().positive().meta({ description: 'Seconds until the access token ends.' }),
    refreshToken: z.string().optional().meta({ description: 'For native clients only.' }),
    deviceToken: z
      .string()
      .optional()
      .meta({
        description:
          'For native clients only: keep it over a sign-out and send it as the header `questlog-device` to the routes of ' +
          'accounts, so that guesses of strangers do not keep this device waiting.',
      }),
  })
  .meta({ id: 'Session' })

export type RegisterRequest = z.infer<typeof registerRequestSchema>
export type LoginRequest = z.infer<typeof loginRequestSchema>
export type SessionResponse = z.infer<typeof sessionResponseSchema>
export type SessionUser = z.infer<typeof userSchema>
