import type { OidcRefusal } from '@questlog/shared/protocol/sign-in-methods'
import * as client from 'openid-client'
import type { ProviderSettings } from './provider-settings.ts'

/** What went wrong with a provider: what its person is told, and what whoever runs the server can do about it. */
export interface ProviderFailure {
  readonly refusal: OidcRefusal & ('provider-refused' | 'provider-unavailable' | 'provider-failed')
  /** Null where nothing is to be done: the person turned back. It holds nothing of the person, and no secret. */
  readonly advice: string | null
}

/** Reads what the library threw. Whatever is unknown counts as a visit that somebody tampered with: it signs nobody in. */
export function readFailure(error: unknown, settings: ProviderSettings): ProviderFailure {
  if (error instanceof client.AuthorizationResponseError) return readAnswer(error.error)
  const code = textOf(error, 'code') ?? 'unknown error'
  if (error instanceof TypeError && error.message === 'fetch failed') {
    const reason = textOf(error.cause, 'code') ?? 'no answer'
    return unavailable(`It cannot be reached (${reason}): check its address, the way to it, and its certificate.`)
  }
  if (code === 'OAUTH_TIMEOUT') return unavailable('It did not answer in time: check it, and the way to it.')
  const grant = error instanceof client.ResponseBodyError ? error.error : undefined
  if (grant === 'invalid_grant')
    return { refusal: 'provider-refused', advice: 'It does not know the code, or no longer.' }
  if (grant === 'invalid_client' || grant === 'unauthorized_client') {
    return failed('It does not accept this server: check clientId and clientSecret in OIDC_PROVIDERS.')
  }
  const response = responseOf(error)
  if (response !== undefined) return readStatus(response)
  const details = causeOf(causeOf(error)) ?? causeOf(error)
  switch (code) {
    case 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED': {
      const named = textOf(fieldOf(details, 'body'), 'issuer')
      if (named === undefined) break
      return failed(
        `It calls itself ${named}, but issuer in OIDC_PROVIDERS is ${settings.issuer}: they must be the same, a slash at ` +
          'the end included.',
      )
    }
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
      return failed('Its token is out of time here: set the clock of this server, or of the provider.')
    case 'OAUTH_JWT_CLAIM_COMPARISON_FAILED':
      if (textOf(details, 'claim') === 'nonce') break
      return failed(
        'Its token is for another client or of another issuer: check clientId and issuer in OIDC_PROVIDERS.',
      )
    case 'OAUTH_RESPONSE_IS_NOT_JSON':
    case 'OAUTH_PARSE_ERROR':
      return failed(notItself)
    case 'OAUTH_MISSING_SERVER_METADATA':
    case 'OAUTH_INVALID_SERVER_METADATA':
    case 'OAUTH_KEY_SELECTION_FAILED':
    case 'OAUTH_UNSUPPORTED_OPERATION':
      return failed(`Its description or its keys cannot be used (${code}): check what it is set up to offer.`)
  }
  const advice = `Its answer does not fit the visit (${code}): somebody tampered with it, or it does not keep to OpenID Connect.`
  return { refusal: 'provider-refused', advice }
}

const notItself =
  'What answers is not the provider itself: issuer in OIDC_PROVIDERS is the address before /.well-known/openid-configuration.'

/** What a provider sent the browser back with (OAuth 2.0, 4.1.2.1). The text comes from the browser: only known ones count. */
function readAnswer(said: string): ProviderFailure {
  switch (said) {
    case 'server_error':
    case 'temporarily_unavailable':
      return unavailable(`It answers "${said}": look at the provider itself.`)
    case 'invalid_scope':
    case 'invalid_request':
    case 'unauthorized_client':
    case 'unsupported_response_type':
      return failed(`It answers "${said}": check scopes in OIDC_PROVIDERS, and how this server is registered there.`)
    default:
      return { refusal: 'provider-refused', advice: null }
  }
}

function readStatus({ status, headers }: Response): ProviderFailure {
  if (status >= 500 || status === 429) {
    return unavailable(`It answers ${status}: look at the provider, and at the proxy before it.`)
  }
  if (status >= 300 && status < 400) {
    const to = URL.parse(headers.get('location') ?? '')?.origin
    return failed(
      `It answers ${status} and sends on${to === undefined ? '' : ` to ${to}`}: issuer in OIDC_PROVIDERS must be the ` +
        'address that answers itself.',
    )
  }
  if (status === 401 || status === 403) {
    return failed(`It answers ${status}: check clientId and clientSecret in OIDC_PROVIDERS, and what is allowed there.`)
  }
  return failed(notItself)
}

function unavailable(advice: string): ProviderFailure {
  return { refusal: 'provider-unavailable', advice }
}

function failed(advice: string): ProviderFailure {
  return { refusal: 'provider-failed', advice }
}

function responseOf(error: unknown): Response | undefined {
  if (error instanceof client.ResponseBodyError || error instanceof client.WWWAuthenticateChallengeError) {
    return error.response
  }
  const cause = causeOf(error)
  return cause instanceof Response && cause.status !== 200 ? cause : undefined
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

function textOf(value: unknown, name: string): string | undefined {
  const found = fieldOf(value, name)
  return typeof found === 'string' ? found : undefined
}
