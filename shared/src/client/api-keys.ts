import { z } from 'zod'
import type { Result } from '../domain/result.ts'
import {
  type ApiKeyResponse,
  apiKeyListSchema,
  type CreateApiKeyRequest,
  type CreatedApiKey,
  createdApiKeySchema,
} from '../protocol/api-keys.ts'
import type { Account, AccountError } from './account.ts'
import { listAll } from './list-all.ts'

type Answer<Value> = Promise<Result<Value, AccountError>>

/** The keys with which a person's programs use the REST interface. */
export interface ApiKeys {
  list(): Answer<readonly ApiKeyResponse[]>
  /** The key itself is in this answer and never told again. */
  create(request: CreateApiKeyRequest): Answer<CreatedApiKey>
  revoke(apiKeyId: string): Answer<null>
}

/** The API keys' part of the REST interface, as the account that is signed in. */
export function createApiKeys({ send }: Pick<Account, 'send'>): ApiKeys {
  return {
    list: () => listAll(send, '/api-keys', apiKeyListSchema),
    create: (body) => send({ method: 'POST', path: '/api-keys', body, answer: createdApiKeySchema }),
    revoke: (apiKeyId) =>
      send({ method: 'DELETE', path: `/api-keys/${encodeURIComponent(apiKeyId)}`, answer: z.null() }),
  }
}
