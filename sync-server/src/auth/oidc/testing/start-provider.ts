import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair } from 'jose'
import { Provider } from 'oidc-provider'
import { vi } from 'vitest'
import type { ProviderSettings } from '../provider-settings.ts'

/** What a person's account at the provider says of them. */
export interface ProviderAccount {
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
}

/** A real OpenID provider on a port of its own, with its own pages to sign in and to consent. */
export interface TestProvider {
  /** What `OIDC_PROVIDERS` says of it. */
  readonly settings: Omit<ProviderSettings, 'scopes'>
  /** Accounts by their subject; anybody may sign in as any of them. */
  readonly accounts: Map<string, ProviderAccount>
  /** What answers in its place, by path: proxies fail, and move things. */
  readonly inItsPlace: Map<string, (response: ServerResponse) => void>
  /** How far its clock is behind. */
  readonly clock: { behindMs: number }
  /** The configuration of a server that has this provider alone. */
  readonly environment: Readonly<Record<string, string>>
  stop(): Promise<void>
}

/** Starts one that knows the server at `origin` as a client. */
export async function startProvider(
  origin: string,
  {
    id,
    name = id.toUpperCase(),
    profile = 'userinfo',
  }: { readonly id: string; readonly name?: string; readonly profile?: 'userinfo' | 'id-token' | 'half' },
): Promise<TestProvider> {
  const http = createServer()
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const accounts = new Map<string, ProviderAccount>()
  const inItsPlace: TestProvider['inItsPlace'] = new Map()
  const clock = { behindMs: 0 }
  let turned: ReturnType<typeof turnClock> | undefined
  const clientSecret = randomBytes(16).toString('hex')
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  // It warns of what is not meant for production.
  const silenced = (['info', 'warn'] as const).map((method) => vi.spyOn(console, method).mockReturnValue())
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'questlog',
        client_secret: clientSecret,
        redirect_uris: [`${origin}/api/v1/auth/oidc/${id}/callback`],
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' }] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: profile === 'userinfo',
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: async (use) => {
        // From the token's making until it is sent; whoever reads it has the right time again.
        if (use === 'id_token' && clock.behindMs > 0) turned = turnClock(clock.behindMs)
        const { email_verified: isVerified, ...rest } = accounts.get(sub) ?? {}
        return { sub, ...rest, ...(!(profile === 'half' && use === 'id_token') && { email_verified: isVerified }) }
      },
    }),
  })
  for (const spy of silenced) spy.mockRestore()
  const callback = provider.callback()
  http.on('request', (request, response) => {
    const answer = inItsPlace.get(URL.parse(request.url ?? '', issuer)?.pathname ?? '')
    response.once('finish', () => turned?.mockRestore())
    return answer === undefined ? callback(request, response) : answer(response)
  })
  const settings = { id, name, issuer, clientId: 'questlog', clientSecret }
  return {
    settings,
    environment: { PUBLIC_URL: origin, OIDC_PROVIDERS: JSON.stringify([settings]) },
    accounts,
    inItsPlace,
    clock,
    async stop() {
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    },
  }
}

function turnClock(behindMs: number) {
  const now = Date.now
  return vi.spyOn(Date, 'now').mockImplementation(() => now() - behindMs)
}
