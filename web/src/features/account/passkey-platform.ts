import type { PasskeyPlatform } from '@questlog/shared/client/rest/sign-in-methods'
import { passkeyAssertionSchema, passkeyCreationSchema } from '@questlog/shared/protocol/sign-in-methods'
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { z } from 'zod'

function hasChallenge(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'challenge' in value && typeof value.challenge === 'string'
}

// The server writes them in the shape of WebAuthn Level 3; the browser itself checks the rest.
const creationOptions = z.custom<PublicKeyCredentialCreationOptionsJSON>(hasChallenge)
const requestOptions = z.custom<PublicKeyCredentialRequestOptionsJSON>(hasChallenge)

/** Passkeys of this browser, through `navigator.credentials`. */
export const passkeyPlatform: PasskeyPlatform = {
  async create(publicKey) {
    return passkeyCreationSchema.parse(await startRegistration({ optionsJSON: creationOptions.parse(publicKey) }))
  },
  async get(publicKey) {
    return passkeyAssertionSchema.parse(await startAuthentication({ optionsJSON: requestOptions.parse(publicKey) }))
  },
}

/** Whether this browser has passkeys at all. */
export function canUsePasskeys(): boolean {
  return browserSupportsWebAuthn()
}
