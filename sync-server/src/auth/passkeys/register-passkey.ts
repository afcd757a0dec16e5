import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type { PasskeyCreation, PasskeyResponse } from '@questlog/shared/protocol/sign-in-methods'
import type { VerifiedRegistrationResponse } from '@simplewebauthn/server'
import { sql } from 'kysely'
import { ulid } from 'ulidx'
import { z } from 'zod'
import type { RequestOrigin } from '../request-origin.ts'
import { recordAndTell, type TellOwnerDeps } from '../tell-owner.ts'
import { type ChallengeDeps, issueChallenge, takeChallenge } from '../ways-in/challenges.ts'
import type { RelyingParty } from '../ways-in/relying-party.ts'
import { lockSignInMethods } from '../ways-in/remaining-methods.ts'
import { challengeOf, loadWebAuthn, passkeyFrom } from './passkeys.ts'

export const PASSKEY_CHALLENGE_LIFE_MS = 5 * 60_000
const MAX_PASSKEYS = 20
/** EdDSA, ES256 and RS256 (RFC 9053): what authenticators have, named so that the library does not ask for newer ones. */
const ALGORITHMS = [-8, -7, -257]

const registrationContent = z.object({ familyId: z.string() })

/** Who registers: the account, on one signed-in device. */
export interface Registrant {
  readonly userId: string
  readonly familyId: string
}

/** Options for `navigator.credentials.create`: a passkey that is found without an e-mail, on any authenticator. */
export async function beginPasskeyRegistration(
  deps: ChallengeDeps,
  relyingParty: RelyingParty,
  { userId, familyId }: Registrant,
): Promise<object> {
  const user = await deps.db
    .selectFrom('users')
    .select(['email', 'display_name'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
  const known = await deps.db.selectFrom('passkeys').select('credential_id').where('user_id', '=', userId).execute()
  const challenge = await issueChallenge(deps, {
    purpose: 'passkey-registration',
    userId,
    content: { familyId },
    lifeMs: PASSKEY_CHALLENGE_LIFE_MS,
  })
  const { generateRegistrationOptions } = await loadWebAuthn()
  const options = await generateRegistrationOptions({
    rpName: 'Questlog',
    rpID: relyingParty.id,
    userName: user.email,
    userDisplayName: user.display_name,
    userID: new TextEncoder().encode(userId),
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout: PASSKEY_CHALLENGE_LIFE_MS,
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map(({ credential_id }) => ({ id: credential_id.toString('base64url') })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
  })
  return { ...options }
}

export type RegistrationError = 'challenge-expired' | 'passkey-refused' | 'passkey-exists' | 'too-many-passkeys'

/** Keeps a passkey that answers the challenge its own device was given. */
export async function addPasskey(
  deps: ChallengeDeps & TellOwnerDeps,
  relyingParty: RelyingParty,
  registrant: Registrant,
  { name, credential }: { readonly name: string; readonly credential: PasskeyCreation },
  origin: RequestOrigin,
): Promise<Result<PasskeyResponse, RegistrationError>> {
  const { userId, familyId } = registrant
  const challenge = challengeOf(credential.response.clientDataJSON)
  const step = await takeChallenge(deps, 'passkey-registration', challenge, registrationContent)
  if (step === undefined || step.userId !== userId || step.content.familyId !== familyId)
    return err('challenge-expired')
  const verified = await verify(relyingParty, challenge, credential)
  if (!verified?.verified) return err('passkey-refused')

  const { credential: key, credentialBackedUp } = verified.registrationInfo
  return deps.db.transaction().execute(async (transaction) => {
    await lockSignInMethods(transaction, userId)
    const { count } = await transaction
      .selectFrom('passkeys')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow()
    if (count >= MAX_PASSKEYS) return err('too-many-passkeys')
    const at = deps.now()
    const row = await transaction
      .insertInto('passkeys')
      .values({
        id: ulid(at),
        user_id: userId,
        credential_id: Buffer.from(key.id, 'base64url'),
        rp_id: relyingParty.id,
        public_key: Buffer.from(key.publicKey),
        counter: String(key.counter),
        transports: JSON.stringify(key.transports ?? []),
        name,
        backed_up: credentialBackedUp,
        created_at: new Date(at),
        last_used_at: null,
      })
      .onConflict((conflict) => conflict.column('credential_id').doNothing())
      .returningAll()
      .executeTakeFirst()
    if (row === undefined) return err('passkey-exists')
    await recordAndTell(deps, transaction, { kind: 'passkey-added', origin, userId, details: { passkeyId: row.id } })
    return ok(passkeyFrom(row, relyingParty.id))
  })
}

async function verify(
  { id, origin }: RelyingParty,
  expectedChallenge: string,
  credential: PasskeyCreation,
): Promise<VerifiedRegistrationResponse | undefined> {
  const { verifyRegistrationResponse } = await loadWebAuthn()
  try {
    return await verifyRegistrationResponse({
      response: credential,
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    })
  } catch {
    // The library throws for whatever does not hold; nothing in it waits for anything outside.
    return undefined
  }
}
