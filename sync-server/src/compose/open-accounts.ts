import { type AccessTokens, createAccessTokens } from '../auth/access-tokens.ts'
import { type Authenticate, createAuthenticate } from '../auth/authenticate.ts'
import { type DeviceMarks, openDeviceMarks } from '../auth/known-devices/device-marks.ts'
import { maintainSessions } from '../auth/maintain-sessions.ts'
import { argon2Hashing, createPasswords, type Passwords } from '../auth/passwords.ts'
import { encryptStoredSecrets } from '../auth/second-factor/totp-secrets.ts'
import { createSignInThrottle, type SignInThrottle } from '../auth/sign-in-throttle.ts'
import { rotateSigningKeys } from '../auth/signing-keys.ts'
import { nameRelyingParty } from '../auth/ways-in/relying-party.ts'
import type { Config } from '../config/config.ts'
import type { Database } from '../db/tables.ts'
import type { Platform } from './platform.ts'

/** What tells people apart, and keeps their ways in. */
export interface OpenAccounts {
  readonly passwords: Passwords
  readonly throttle: SignInThrottle
  readonly deviceMarks: DeviceMarks
  readonly accessTokens: AccessTokens
  readonly authenticate: Authenticate
}

/** Readies keys, stored secrets and throttles, and keeps them current until the stack is disposed. */
export async function openAccounts(
  config: Config,
  { now, logger, hashing = argon2Hashing(), db }: Platform & { readonly db: Database },
  stack: AsyncDisposableStack,
): Promise<OpenAccounts> {
  const { secretKey, signingKeyMs: keyLifeMs, accessTokenMs: tokenLifeMs } = config
  const keys = { db, now, secretKey, keyLifeMs, tokenLifeMs }
  await encryptStoredSecrets(db, secretKey)
  await nameRelyingParty(db, config.publicUrl)
  const accessTokens = createAccessTokens({
    now,
    issuer: config.publicUrl ?? 'questlog',
    lifeMs: tokenLifeMs,
    keys: await rotateSigningKeys(keys),
  })
  const throttle = createSignInThrottle({ db, now, freeFailures: config.loginFailuresBeforeDelay })
  const deviceMarks = await openDeviceMarks({ db, now, secretKey })
  stack.defer(maintainSessions({ ...keys, accessTokens, throttle, logger }))
  return {
    passwords: await createPasswords(hashing),
    throttle,
    deviceMarks,
    accessTokens,
    authenticate: createAuthenticate({ db, accessTokens }),
  }
}
