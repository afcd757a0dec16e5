import * as client from 'openid-client'
import type { Logger } from 'pino'
import { type ProviderFailure, readFailure } from './provider-failure.ts'
import type { ProviderSettings } from './provider-settings.ts'

/** A provider people may sign in with, and what it says of itself once it was asked. */
export interface Provider {
  readonly settings: ProviderSettings
  /** Its addresses and keys (OpenID Connect Discovery 1.0); rejects while it cannot be asked. */
  discover(): Promise<client.Configuration>
  /** Says in the log what went wrong there and what to do about it; answers what to tell the person. */
  report(step: 'discovery' | 'sign-in' | 'userinfo', error: unknown): ProviderFailure['refusal']
}

const DISCOVERED_FOR_MS = 60 * 60_000
const TIMEOUT_SECONDS = 10

/** The configured providers, by id. Each is asked when it is first needed, so that none keeps the server from starting. */
export function createProviders(
  settings: readonly ProviderSettings[],
  { monotonicMs, logger }: { readonly monotonicMs: () => number; readonly logger: Logger },
): ReadonlyMap<string, Provider> {
  return new Map(
    settings.map((one) => {
      const discovered = keepFor(monotonicMs, () => discover(one))
      return [
        one.id,
        { settings: one, discover: discovered, report: (step, error) => report(logger, one, step, error) },
      ]
    }),
  )
}

function report(
  logger: Logger,
  settings: ProviderSettings,
  step: Parameters<Provider['report']>[0],
  error: unknown,
): ProviderFailure['refusal'] {
  const { refusal, advice } = readFailure(error, settings)
  const provider = settings.id
  if (advice === null) logger.info({ provider }, 'a sign-in was turned down at the provider')
  else logger.warn({ provider, step }, `The provider ${settings.name} failed. ${advice}`)
  return refusal
}

async function discover(settings: ProviderSettings): Promise<client.Configuration> {
  const issuer = new URL(settings.issuer)
  const isPlain = issuer.protocol === 'http:'
  const execute = isPlain ? [client.allowInsecureRequests] : []
  const found = await client.discovery(issuer, settings.clientId, undefined, client.None(), {
    execute,
    timeout: TIMEOUT_SECONDS,
  })
  const configuration = new client.Configuration(
    found.serverMetadata(),
    settings.clientId,
    undefined,
    authenticationFor(settings, found.serverMetadata().token_endpoint_auth_methods_supported),
  )
  configuration.timeout = TIMEOUT_SECONDS
  if (isPlain) client.allowInsecureRequests(configuration)
  // The token endpoint's TLS would vouch for the ID token as well; its signature is checked besides.
  client.enableNonRepudiationChecks(configuration)
  return configuration
}

/** `client_secret_basic` is what a provider takes that names no other (OpenID Connect Discovery 1.0, 3). */
function authenticationFor(settings: ProviderSettings, methods: readonly string[] | undefined): client.ClientAuth {
  if (settings.clientSecret === undefined) return client.None()
  const isPost = methods !== undefined && !methods.includes('client_secret_basic')
  return isPost ? client.ClientSecretPost(settings.clientSecret) : client.ClientSecretBasic(settings.clientSecret)
}

/** Asks once for all who wait, keeps the answer for a while and forgets a failure at once. */
function keepFor<Value>(monotonicMs: () => number, ask: () => Promise<Value>): () => Promise<Value> {
  let kept: { readonly answer: Promise<Value>; readonly until: number } | undefined
  return () => {
    if (kept !== undefined && kept.until > monotonicMs()) return kept.answer
    const answer = ask()
    const asked = { answer, until: monotonicMs() + DISCOVERED_FOR_MS }
    kept = asked
    answer.catch(() => {
      if (kept === asked) kept = undefined
    })
    return answer
  }
}
