import { z } from 'zod'

const issuer = z.string().transform((value, context) => {
  const url = URL.parse(value)
  const isLoopback = url !== null && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  if (url !== null && url.search === '' && url.hash === '' && (url.protocol === 'https:' || isLoopback)) return value
  context.addIssue({ code: 'custom', message: 'issuer must be an https address' })
  return z.NEVER
})

const providerSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'id must be small letters, digits and dashes'),
    name: z.string().min(1).max(60),
    issuer,
    clientId: z.string().min(1),
    clientSecret: z.string().min(1).optional(),
    scopes: z.array(z.string().regex(/^\S+$/)).default(['openid', 'email', 'profile']),
  })
  .refine(({ scopes }) => scopes.includes('openid'), 'scopes must contain openid')

/** An OpenID provider people may sign in with. Without a secret the server is a public client; PKCE is used always. */
export type ProviderSettings = z.infer<typeof providerSchema>

const providersSchema = z
  .array(providerSchema)
  .refine((providers) => new Set(providers.map(({ id }) => id)).size === providers.length, 'ids must differ')

/** The text of `OIDC_PROVIDERS`: a JSON array. Messages repeat no value, since one is a secret. */
export const oidcProviders = z.string().transform((text, context): readonly ProviderSettings[] => {
  const parsed = providersSchema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  for (const { path, message } of parsed.error.issues) {
    context.addIssue({ code: 'custom', message: [path.join('.'), message].filter(Boolean).join(': ') })
  }
  return z.NEVER
})

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
