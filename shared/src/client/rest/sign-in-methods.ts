import { z } from 'zod'
import { err, ok, type Result } from '../../domain/kernel/result.ts'
import type { SessionUser } from '../../protocol/auth.ts'
import {
  linkResponseSchema,
  type PasskeyAssertion,
  type PasskeyCreation,
  type PasskeyResponse,
  passkeyOptionsSchema,
  passkeySchema,
  recoveryCodesSchema,
  type SecondFactorProof,
  type SignInMethods,
  signInMethodsSchema,
  signInOptionsSchema,
  totpEnrolmentSchema,
} from '../../protocol/sign-in-methods.ts'
import type { Account, AccountError } from './account.ts'
import { type RequestError, type RestRequest, type RestServer, sendRequest } from './rest-request.ts'

/** What the platform does with passkeys; in a browser `navigator.credentials` with the JSON methods of WebAuthn Level 3. */
export interface PasskeyPlatform {
  /** Rejects, or answers null, when the person turns it down or there is no authenticator. */
  create(publicKey: Readonly<Record<string, unknown>>): Promise<PasskeyCreation | null>
  get(publicKey: Readonly<Record<string, unknown>>): Promise<PasskeyAssertion | null>
}

/** `cancelled`: the person, or the platform, made no passkey. */
export type PasskeyError = AccountError | { readonly kind: 'cancelled' }

/** One thing that shows the second factor: six digits of an app, or a recovery code. */
export type ShownFactor = { readonly code: string } | { readonly recoveryCode: string }

/** Signing in by other ways than the password alone. */
export interface OtherSignIn {
  /** What this server offers to somebody who is signed out. */
  options(): Promise<Result<z.infer<typeof signInOptionsSchema>, RequestError>>
  /** Completes a sign-in that was refused as `second-factor-required`, with the `challenge` of that problem. */
  withSecondFactor(challenge: string, shown: ShownFactor): Promise<Result<SessionUser, AccountError>>
  /** Without an e-mail; may be refused as `second-factor-required` as well. */
  withPasskey(platform: PasskeyPlatform): Promise<Result<SessionUser, PasskeyError>>
  /** Where the browser goes to sign in with a provider; it comes back to `returnTo` as `readProviderReturn` reads. */
  providerUrl(providerId: string, returnTo: string): string
  /** Takes over the session a provider's sign-in left in the cookie, after `done`. */
  afterProvider(): Promise<Result<SessionUser, AccountError>>
}

/** Puts it on top of a session and of the server's address. */
export function createOtherSignIn(account: Pick<Account, 'signIn' | 'resume'>, deps: RestServer): OtherSignIn {
  return {
    options: () => sendRequest(deps, { method: 'GET', path: '/auth/options', answer: signInOptionsSchema }),
    withSecondFactor: (challenge, shown) => account.signIn('/auth/second-factor', { challenge, ...shown }),
    async withPasskey(platform) {
      const path = '/auth/passkeys/sign-in/options'
      const options = await sendRequest(deps, { method: 'POST', path, answer: passkeyOptionsSchema })
      if (!options.ok) return options
      const credential = await orNull(platform.get(options.value.publicKey))
      if (credential === null) return err({ kind: 'cancelled' })
      return account.signIn('/auth/passkeys/sign-in', { credential })
    },
    providerUrl: (providerId, returnTo) =>
      `${deps.baseUrl}/api/v1/auth/oidc/${encodeURIComponent(providerId)}/start?returnTo=${encodeURIComponent(returnTo)}`,
    afterProvider: account.resume,
  }
}

/** What the fragment of an address says after a visit to a provider; null where it says nothing of that. */
export type ProviderReturn =
  | { readonly kind: 'done' }
  | { readonly kind: 'linked'; readonly provider: string }
  | { readonly kind: 'second-factor'; readonly challenge: string }
  /** `reason` is one of `oidcRefusalSchema`, or one this client does not know yet. */
  | { readonly kind: 'refused'; readonly reason: string; readonly provider: string }

const pair = /^([^=]*)=?(.*)$/s

/** Reads `location.hash`. Clear it at once: it may hold a challenge. */
export function readProviderReturn(fragment: string): ProviderReturn | null {
  const told = new Map(
    fragment
      .replace(/^#/, '')
      .split('&')
      .map((part) => pair.exec(part))
      .map((match) => [decode(match?.[1]), decode(match?.[2])]),
  )
  const provider = told.get('provider') ?? ''
  switch (told.get('sign-in')) {
    case 'done':
      return { kind: 'done' }
    case 'linked':
      return { kind: 'linked', provider }
    case 'second-factor':
      return { kind: 'second-factor', challenge: told.get('challenge') ?? '' }
    case 'refused':
      return { kind: 'refused', reason: told.get('reason') ?? '', provider }
    default:
      return null
  }
}

/** What a signed-in person does with the ways into their account. `sign-in-too-old` asks for `confirmIdentity` first. */
export interface OwnSignInMethods {
  list(): Promise<Result<SignInMethods, AccountError>>
  /** With the password, a code or a recovery code; holds for ten minutes. */
  confirmIdentity(proof: SecondFactorProof): Promise<Result<void, AccountError>>
  /** For an account that has none. */
  setPassword(password: string): Promise<Result<void, AccountError>>
  /** The secret for an app; another one each time until `confirmTotp`. */
  beginTotp(): Promise<Result<z.infer<typeof totpEnrolmentSchema>, AccountError>>
  /** Turns the second factor on; answers the recovery codes, which are never shown again. */
  confirmTotp(code: string): Promise<Result<readonly string[], AccountError>>
  removeTotp(proof: SecondFactorProof): Promise<Result<void, AccountError>>
  replaceRecoveryCodes(proof: SecondFactorProof): Promise<Result<readonly string[], AccountError>>
  addPasskey(platform: PasskeyPlatform, name: string): Promise<Result<PasskeyResponse, PasskeyError>>
  renamePasskey(id: string, name: string): Promise<Result<PasskeyResponse, AccountError>>
  removePasskey(id: string): Promise<Result<void, AccountError>>
  /** The address to open in this browser. */
  linkProvider(providerId: string, returnTo: string): Promise<Result<string, AccountError>>
  unlinkProvider(providerId: string): Promise<Result<void, AccountError>>
}

/** Puts it on top of a session. */
export function createOwnSignInMethods({ send }: Pick<Account, 'send'>): OwnSignInMethods {
  const done = async (request: Omit<RestRequest<z.ZodType>, 'answer'>): Promise<Result<void, AccountError>> => {
    const answer = await send({ ...request, answer: z.unknown() })
    return answer.ok ? ok(undefined) : answer
  }
  const codesOf = async (path: string, body: unknown): Promise<Result<readonly string[], AccountError>> => {
    const answer = await send({ method: 'POST', path, body, answer: recoveryCodesSchema })
    return answer.ok ? ok(answer.value.recoveryCodes) : answer
  }
  const passkeyPath = (id: string) => `/auth/passkeys/${encodeURIComponent(id)}`
  const identityPath = (providerId: string) => `/auth/identities/${encodeURIComponent(providerId)}`
  return {
    list: () => send({ method: 'GET', path: '/auth/methods', answer: signInMethodsSchema }),
    confirmIdentity: (body) => done({ method: 'POST', path: '/auth/confirm-identity', body }),
    setPassword: (password) => done({ method: 'POST', path: '/auth/password', body: { password } }),
    beginTotp: () => send({ method: 'POST', path: '/auth/totp', answer: totpEnrolmentSchema }),
    confirmTotp: (code) => codesOf('/auth/totp/confirm', { code }),
    removeTotp: (body) => done({ method: 'POST', path: '/auth/totp/remove', body }),
    replaceRecoveryCodes: (proof) => codesOf('/auth/recovery-codes', proof),
    async addPasskey(platform, name) {
      const path = '/auth/passkeys/options'
      const options = await send({ method: 'POST', path, answer: passkeyOptionsSchema })
      if (!options.ok) return options
      const credential = await orNull(platform.create(options.value.publicKey))
      if (credential === null) return err({ kind: 'cancelled' })
      return send({ method: 'POST', path: '/auth/passkeys', body: { name, credential }, answer: passkeySchema })
    },
    renamePasskey: (id, name) =>
      send({ method: 'PATCH', path: passkeyPath(id), body: { name }, answer: passkeySchema }),
    removePasskey: (id) => done({ method: 'DELETE', path: passkeyPath(id) }),
    async linkProvider(providerId, returnTo) {
      const body = { returnTo }
      const path = identityPath(providerId)
      const answer = await send({ method: 'POST', path, body, answer: linkResponseSchema })
      return answer.ok ? ok(answer.value.authorizationUrl) : answer
    },
    unlinkProvider: (providerId) => done({ method: 'DELETE', path: identityPath(providerId) }),
  }
}

async function orNull<Value>(asked: Promise<Value | null>): Promise<Value | null> {
  try {
    return await asked
  } catch {
    // Browsers reject alike for a person who said no, a time-out and a missing authenticator.
    return null
  }
}

function decode(text = ''): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return ''
  }
}
