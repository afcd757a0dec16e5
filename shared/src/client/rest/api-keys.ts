import type { Result } from '../../domain/kernel/result.ts'
import type { ApiKeyResponse, CreateApiKeyRequest, CreatedApiKey } from '../../protocol/api-keys.ts'
import type { Account, AccountError } from './account.ts'
import { listAll } from './list-all.ts'
import { noAnswer } from './rest-request.ts'

// Schemas are fetched when they are needed: the first paint can do without.
const schemas = () => import('../../protocol/api-keys.ts')

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
    list: () => listAll(send, '/api-keys', async () => (await schemas()).apiKeyListSchema),
    create: (body) =>
      send({ method: 'POST', path: '/api-keys', body, answer: async () => (await schemas()).createdApiKeySchema }),
    revoke: (apiKeyId) =>
      send({ method: 'DELETE', path: `/api-keys/${encodeURIComponent(apiKeyId)}`, answer: noAnswer }),
  }
}
