import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type { PasskeyAssertion } from '@questlog/shared/protocol/sign-in-methods'
import type { VerifiedAuthenticationResponse } from '@simplewebauthn/server'
import { z } from 'zod'
import { type EventOrigin, recordSecurityEvent } from '../../audit/security-events.ts'
import { type ChallengeDeps, issueChallenge, takeChallenge } from '../ways-in/challenges.ts'
import type { RelyingParty } from '../ways-in/relying-party.ts'
import { challengeOf, loadWebAuthn } from './passkeys.ts'
import { PASSKEY_CHALLENGE_LIFE_MS } from './register-passkey.ts'

/** Options for `navigator.credentials.get`, naming nobody: the authenticator knows whose passkeys it holds. */
export async function beginPasskeySignIn(deps: ChallengeDeps, relyingParty: RelyingParty): Promise<object> {
  const challenge = await issueChallenge(deps, {
    purpose: 'passkey-sign-in',
    userId: null,
    content: {},
    lifeMs: PASSKEY_CHALLENGE_LIFE_MS,
  })
  const { generateAuthenticationOptions } = await loadWebAuthn()
  const options = await generateAuthenticationOptions({
    rpID: relyingParty.id,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout: PASSKEY_CHALLENGE_LIFE_MS,
    userVerification: 'preferred',
  })
  return { ...options }
}

/**
 * Whose passkey answered a challenge. With user verification (a PIN, a finger) it proved possession and knowledge or
 * being at once, which are two factors; without, one.
 */
export async function checkPasskey(
  deps: ChallengeDeps,
  relyingParty: RelyingParty,
  credential: PasskeyAssertion,
  origin: EventOrigin,
): Promise<
  Result<{ readonly userId: string; readonly factors: 'one' | 'two' }, 'challenge-expired' | 'passkey-refused'>
> {
  const challenge = challengeOf(credential.response.clientDataJSON)
  const step = await takeChallenge(deps, 'passkey-sign-in', challenge, z.object({}))
  if (step === undefined) return err('challenge-expired')
  const stored = await deps.db
    .selectFrom('passkeys')
    .selectAll()
    .where('credential_id', '=', Buffer.from(credential.id, 'base64url'))
    .executeTakeFirst()
  if (stored === undefined) return err('passkey-refused')
  const { id: passkeyId, user_id: userId } = stored

  const refuse = async () => {
    const details = { method: 'passkey', passkeyId }
    await recordSecurityEvent(deps.db, { kind: 'sign-in-failed', at: deps.now(), origin, userId, details })
    return err('passkey-refused' as const)
  }
  const isOwners = Buffer.from(credential.response.userHandle ?? '', 'base64url').equals(Buffer.from(userId))
  if (!isOwners) return refuse()
  const verified = await verify(relyingParty, challenge, credential, {
    publicKey: new Uint8Array(stored.public_key),
    counter: Number(stored.counter),
  })
  if (!verified?.verified) return refuse()

  const { newCounter, userVerified, credentialBackedUp } = verified.authenticationInfo
  const used = await deps.db
    .updateTable('passkeys')
    .set({
      counter: String(newCounter),
      backed_up: credentialBackedUp,
      last_used_at: new Date(deps.now()),
      rp_id: relyingParty.id,
    })
    .where('id', '=', passkeyId)
    // Another sign-in may have moved it since it was read.
    .where('counter', '=', stored.counter)
    .executeTakeFirst()
  if (used.numUpdatedRows === 0n) return refuse()
  return ok({ userId, factors: userVerified ? 'two' : 'one' })
}

async function verify(
  { id, origin }: RelyingParty,
  expectedChallenge: string,
  credential: PasskeyAssertion,
  key: { readonly publicKey: Uint8Array<ArrayBuffer>; readonly counter: number },
): Promise<VerifiedAuthenticationResponse | undefined> {
  const { userHandle, ...response } = credential.response
  const { verifyAuthenticationResponse } = await loadWebAuthn()
  try {
    return await verifyAuthenticationResponse({
      response: { ...credential, response },
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: id,
      credential: { id: credential.id, ...key },
      requireUserVerification: false,
    })
  } catch {
    // The library throws for whatever does not hold, a counter that went backwards included.
    return undefined
  }
}
