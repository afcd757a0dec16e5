import { z } from 'zod'
import { ok, type Result } from '../domain/result.ts'
import {
  linkResponseSchema,
  type PasskeyCreation,
  type PasskeyResponse,
  passkeyOptionsSchema,
  passkeySchema,
  recoveryCodesSchema,
  type SecondFactorProof,
  type SignInMethods,
  signInMethodsSchema,
  signInOptionsSchema,
  type TotpEnrolment,
  totpEnrolmentSchema,
} from '../protocol/sign-in-methods.ts'
import type { Account, AccountError } from './account.ts'
import { type Fetch, type RequestError, type RestRequest, sendRequest } from './rest-request.ts'

type Answer<Value> = Promise<Result<Value, AccountError>>

/** Options for `navigator.credentials`, as the server wrote them; the platform knows their shape. */
export type PasskeyOptions = Readonly<Record<string, unknown>>

/**
 * The ways into the signed-in person's account, over REST. What changes them is refused with `sign-in-too-old` ten
 * minutes after the sign-in; `confirmIdentity` renews that.
 */
export interface OwnSignInMethods {
  list(): Answer<SignInMethods>
  confirmIdentity(proof: SecondFactorProof): Answer<void>
  /** For an account that has no password yet. */
  setPassword(password: string): Answer<void>
  /** Makes a secret; it counts only after `confirmTotp`. */
  beginTotp(): Answer<TotpEnrolment>
  /** Answers the recovery codes, which are never told again. */
  confirmTotp(code: string): Answer<readonly string[]>
  removeTotp(proof: SecondFactorProof): Answer<void>
  replaceRecoveryCodes(proof: SecondFactorProof): Answer<readonly string[]>
  passkeyOptions(): Answer<PasskeyOptions>
  addPasskey(passkey: { readonly name: string; readonly credential: PasskeyCreation }): Answer<PasskeyResponse>
  renamePasskey(id: string, name: string): Answer<PasskeyResponse>
  removePasskey(id: string): Answer<void>
  /** Answers the address to go on at; it comes back to `returnTo`, a path of the app. */
  linkProvider(provider: string, returnTo: string): Answer<string>
  unlinkProvider(provider: string): Answer<void>
}

/** Puts them on top of a session. */
export function createOwnSignInMethods({ send }: Pick<Account, 'send'>): OwnSignInMethods {
  const done = async (request: Omit<RestRequest<z.ZodType>, 'answer'>): Answer<void> => {
    const answer = await send({ ...request, answer: z.unknown() })
    return answer.ok ? ok(undefined) : answer
  }
  const codes = async (path: string, body: unknown): Answer<readonly string[]> => {
    const answer = await send({ method: 'POST', path, body, answer: recoveryCodesSchema })
    return answer.ok ? ok(answer.value.recoveryCodes) : answer
  }
  const passkeyPath = (id: string) => `/auth/passkeys/${encodeURIComponent(id)}`
  const providerPath = (id: string) => `/auth/identities/${encodeURIComponent(id)}`
  return {
    list: () => send({ method: 'GET', path: '/auth/methods', answer: signInMethodsSchema }),
    confirmIdentity: (body) => done({ method: 'POST', path: '/auth/confirm-identity', body }),
    setPassword: (password) => done({ method: 'POST', path: '/auth/password', body: { password } }),
    beginTotp: () => send({ method: 'POST', path: '/auth/totp', answer: totpEnrolmentSchema }),
    confirmTotp: (code) => codes('/auth/totp/confirm', { code }),
    removeTotp: (body) => done({ method: 'POST', path: '/auth/totp/remove', body }),
    replaceRecoveryCodes: (proof) => codes('/auth/recovery-codes', proof),
    async passkeyOptions() {
      const answer = await send({ method: 'POST', path: '/auth/passkeys/options', answer: passkeyOptionsSchema })
      return answer.ok ? ok(answer.value.publicKey) : answer
    },
    addPasskey: (body) => send({ method: 'POST', path: '/auth/passkeys', body, answer: passkeySchema }),
    renamePasskey: (id, name) =>
      send({ method: 'PATCH', path: passkeyPath(id), body: { name }, answer: passkeySchema }),
    removePasskey: (id) => done({ method: 'DELETE', path: passkeyPath(id) }),
    async linkProvider(provider, returnTo) {
      const request = { method: 'POST', path: providerPath(provider), body: { returnTo } } as const
      const answer = await send({ ...request, answer: linkResponseSchema })
      return answer.ok ? ok(answer.value.authorizationUrl) : answer
    },
    unlinkProvider: (provider) => done({ method: 'DELETE', path: providerPath(provider) }),
  }
}

/** What a sign-in screen asks before anybody is signed in. */
export interface SignInOffers {
  options(): Promise<Result<z.infer<typeof signInOptionsSchema>, RequestError>>
  passkeyOptions(): Promise<Result<PasskeyOptions, RequestError>>
}

/** Asks a server for them. */
export function createSignInOffers(deps: { readonly fetch: Fetch; readonly baseUrl: string }): SignInOffers {
  return {
    options: () => sendRequest(deps, { method: 'GET', path: '/auth/options', answer: signInOptionsSchema }),
    async passkeyOptions() {
      const path = '/auth/passkeys/sign-in/options'
      const answer = await sendRequest(deps, { method: 'POST', path, answer: passkeyOptionsSchema })
      return answer.ok ? ok(answer.value.publicKey) : answer
    },
  }
}
