import { z } from 'zod'
import { clientKindSchema, deviceNameSchema, newPasswordSchema } from './auth.ts'
import { ulidSchema } from './ulid.ts'

const totpCodeSchema = z
  .string()
  .regex(/^\d{6}$/, 'must be six digits')
  .meta({ description: 'The six digits an authenticator app shows.' })
const recoveryCodeSchema = z
  .string()
  .max(40)
  .meta({ description: 'One of the codes kept for a lost device; letter case and dashes do not matter.' })
const tokenSchema = z.string().min(1).max(200)

/** One of the two; a recovery code is used up. */
const secondFactorShape = { code: totpCodeSchema.optional(), recoveryCode: recoveryCodeSchema.optional() }

function hasOne(proof: Readonly<Record<string, unknown>>, names: readonly string[]): boolean {
  return names.filter((name) => proof[name] !== undefined).length === 1
}

export const confirmTotpSchema = z.strictObject({ code: totpCodeSchema }).meta({ id: 'TotpConfirmation' })

/** What proves that the account's person asks to weaken its sign-in. */
export const secondFactorProofSchema = z
  .strictObject({ password: z.string().max(512).optional(), ...secondFactorShape })
  .refine((proof) => hasOne(proof, ['password', 'code', 'recoveryCode']), 'needs a password, a code or a recoveryCode')
  .meta({ id: 'SecondFactorProof' })

// As with the login itself, unknown fields are passed over: an older server must still sign a newer client in.
export const secondFactorSignInSchema = z
  .looseObject({ challenge: tokenSchema, ...secondFactorShape, client: clientKindSchema, deviceName: deviceNameSchema })
  .refine((proof) => hasOne(proof, ['code', 'recoveryCode']), 'needs a code or a recoveryCode')
  .meta({ id: 'SecondFactorSignIn' })

export const totpEnrolmentSchema = z
  .object({
    secret: z.string().meta({ description: 'In base32, for apps that take no QR code.' }),
    uri: z.string().meta({ description: 'The `otpauth:` address; show it as a QR code.' }),
  })
  .meta({ id: 'TotpEnrolment' })

export const recoveryCodesSchema = z
  .object({ recoveryCodes: z.array(z.string()).meta({ description: 'Shown once; each signs in once.' }) })
  .meta({ id: 'RecoveryCodes' })

/** A name people see in a list of their passkeys. */
export const passkeyNameSchema = z.string().trim().min(1, 'must not be empty').max(60, 'at most 60 characters')

const base64UrlSchema = z.string().regex(/^[\w-]*$/, 'must be base64url')
const smallBase64Url = base64UrlSchema.max(2_048)
const extensionResults = z.record(z.string(), z.unknown()).default({})

/** What `navigator.credentials.create` answered, as `PublicKeyCredential.toJSON` writes it (WebAuthn Level 3, 5.1.8). */
export const passkeyCreationSchema = z
  .looseObject({
    id: smallBase64Url,
    rawId: smallBase64Url,
    type: z.literal('public-key'),
    response: z.looseObject({
      clientDataJSON: base64UrlSchema.max(8_192),
      attestationObject: base64UrlSchema.max(65_536),
      transports: z.array(z.string().max(32)).max(10).exactOptional(),
    }),
    clientExtensionResults: extensionResults,
  })
  .meta({ id: 'PasskeyCreation' })

/** What `navigator.credentials.get` answered, as `PublicKeyCredential.toJSON` writes it. */
export const passkeyAssertionSchema = z
  .looseObject({
    id: smallBase64Url,
    rawId: smallBase64Url,
    type: z.literal('public-key'),
    response: z.looseObject({
      clientDataJSON: base64UrlSchema.max(8_192),
      authenticatorData: base64UrlSchema.max(8_192),
      signature: base64UrlSchema.max(8_192),
      userHandle: smallBase64Url.nullish(),
    }),
    clientExtensionResults: extensionResults,
  })
  .meta({ id: 'PasskeyAssertion' })

/** Options for `navigator.credentials`, in the shape `PublicKeyCredential.parse…OptionsFromJSON` reads. */
export const passkeyOptionsSchema = z
  .object({ publicKey: z.record(z.string(), z.unknown()) })
  .meta({ id: 'PasskeyOptions' })

export const addPasskeySchema = z
  .strictObject({ name: passkeyNameSchema, credential: passkeyCreationSchema })
  .meta({ id: 'NewPasskey' })

export const renamePasskeySchema = z.strictObject({ name: passkeyNameSchema }).meta({ id: 'PasskeyName' })

export const passkeySignInSchema = z
  .looseObject({ credential: passkeyAssertionSchema, client: clientKindSchema, deviceName: deviceNameSchema })
  .meta({ id: 'PasskeySignIn' })

export const passkeySchema = z
  .object({
    id: ulidSchema,
    name: z.string(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
    backedUp: z.boolean().meta({ description: 'Whether it is kept beyond the one device.' }),
    host: z.string().nullable().meta({ description: 'The host it is bound to; null while that is not known.' }),
    worksHere: z.boolean().meta({ description: 'False for one of another host: it signs in no more.' }),
  })
  .meta({ id: 'Passkey' })

export const passkeyListSchema = z
  .object({ items: z.array(passkeySchema), nextCursor: z.null() })
  .meta({ id: 'PasskeyList' })

const providerSchema = z.object({ id: z.string(), name: z.string() })

/** What a sign-in screen offers. */
export const signInOptionsSchema = z
  .object({
    providers: z.array(providerSchema),
    passkeys: z.boolean().meta({ description: 'Whether passkeys work at this address.' }),
  })
  .meta({ id: 'SignInOptions' })

/** Every way the caller can sign in. */
export const signInMethodsSchema = z
  .object({
    password: z.boolean(),
    totp: z.boolean(),
    recoveryCodesLeft: z.int(),
    passkeys: z.array(passkeySchema),
    identities: z.array(
      providerSchema.extend({
        email: z.string().nullable(),
        linkedAt: z.iso.datetime(),
        configured: z.boolean().meta({ description: 'False once the server no longer knows the provider.' }),
      }),
    ),
  })
  .meta({ id: 'SignInMethods' })

/** `returnTo` is a path of the app; a native client names a loopback address and its PKCE challenge (RFC 8252, 7636). */
export const oidcStartQuerySchema = z.strictObject({
  returnTo: z.string().max(500).optional(),
  redirectUri: z.string().max(500).optional(),
  codeChallenge: z
    .string()
    .regex(/^[\w-]{43}$/, 'must be an S256 challenge')
    .optional(),
})

/** Where a link to a provider goes on. */
export const linkRequestSchema = z.strictObject({ returnTo: z.string().max(500).optional() }).default({})
export const linkResponseSchema = z
  .object({ authorizationUrl: z.string().meta({ description: 'Open it in the same browser.' }) })
  .meta({ id: 'IdentityLink' })

export const oidcExchangeSchema = z
  .looseObject({
    code: tokenSchema,
    codeVerifier: z.string().regex(/^[\w.~-]{43,128}$/, 'must be a PKCE verifier'),
    deviceName: deviceNameSchema,
  })
  .meta({ id: 'OidcExchange' })

export const setPasswordSchema = z.strictObject({ password: newPasswordSchema }).meta({ id: 'FirstPassword' })

/**
 * What the callback of a provider tells the app, in the fragment of the address it goes to: `#sign-in=done`, or
 * `second-factor` with its `challenge`, or `refused` with a `reason`.
 */
export const oidcRefusalSchema = z.enum([
  'expired',
  'provider-refused',
  'provider-unavailable',
  'provider-failed',
  'email-unverified',
  'link-required',
  'identity-taken',
  'already-linked',
  'registration-closed',
  'account-disabled',
])

export type OidcRefusal = z.infer<typeof oidcRefusalSchema>
export type SecondFactorProof = z.infer<typeof secondFactorProofSchema>
export type PasskeyCreation = z.infer<typeof passkeyCreationSchema>
export type PasskeyAssertion = z.infer<typeof passkeyAssertionSchema>
export type PasskeyResponse = z.infer<typeof passkeySchema>
export type SignInMethods = z.infer<typeof signInMethodsSchema>
export type TotpEnrolment = z.infer<typeof totpEnrolmentSchema>
export type SignInOptions = z.infer<typeof signInOptionsSchema>
