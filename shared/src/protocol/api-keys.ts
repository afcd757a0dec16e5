import { z } from 'zod'
import { displayNameSchema } from './auth.ts'
import { ulidSchema } from './ulid.ts'

/** Each contains the ones before it. */
export const apiKeyScopeSchema = z.enum(['read', 'write', 'admin'])

export const apiKeySchema = z
  .object({
    id: ulidSchema,
    name: z.string(),
    scope: apiKeyScopeSchema,
    workspaceId: ulidSchema.nullable().meta({ description: 'The only workspace it is for; null for all of yours.' }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable().meta({ description: 'To the minute.' }),
  })
  .meta({ id: 'ApiKey' })

export const apiKeyListSchema = z
  .object({ items: z.array(apiKeySchema), nextCursor: z.string().nullable() })
  .meta({ id: 'ApiKeyList' })

export const createApiKeyRequestSchema = z
  .strictObject({
    name: displayNameSchema,
    scope: apiKeyScopeSchema,
    workspaceId: ulidSchema.nullable().default(null),
    expiresAt: z.iso.datetime().nullable().default(null),
  })
  .meta({ id: 'CreateApiKey' })

export const createdApiKeySchema = apiKeySchema
  .extend({ key: z.string().meta({ description: 'The key itself, `qlk_…`. It is shown this once.' }) })
  .meta({ id: 'CreatedApiKey' })

export type ApiKeyScope = z.infer<typeof apiKeyScopeSchema>
export type ApiKeyResponse = z.infer<typeof apiKeySchema>
export type CreateApiKeyRequest = z.infer<typeof createApiKeyRequestSchema>
export type CreatedApiKey = z.infer<typeof createdApiKeySchema>
